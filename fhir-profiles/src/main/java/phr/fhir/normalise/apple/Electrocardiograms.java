package phr.fhir.normalise.apple;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.SampledData;
import org.jspecify.annotations.Nullable;
import phr.fhir.Sha256;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.SourceIdentity;
import phr.fhir.normalise.apple.ecg.Electrocardiogram;
import phr.fhir.normalise.lifelog.Metric;
import phr.fhir.normalise.lifelog.MetricObservation;
import phr.fhir.normalise.lifelog.WrittenTime;
import phr.fhir.sample.Moment;

/** An electrocardiogram: one Observation with its classification, and one with the waveform as its member (lifelog.md §3.1). */
final class Electrocardiograms {

    private static final String TYPE = "HKDataTypeIdentifierElectrocardiogram";
    private static final String ECG = "http://hl7.org/fhir/uv/phr/CodeSystem/ecg-codes";
    private static final String CLASSIFICATION = "http://hl7.org/fhir/uv/phr/CodeSystem/ecg-classification-codes";
    private static final Coding LEAD = new Coding("urn:iso:std:iso:11073:10101", "131328", null);
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);

    private final AppleFile file;

    Electrocardiograms(AppleFile file) {
        this.file = file;
    }

    /** @param entry name of the file in the archive, as it may be shown */
    void add(Electrocardiogram ecg, String entry) {
        Measurement measurement = measurement(ecg);
        if (measurement == null) {
            file.file.issue(Issue.warning("value", "ECG-2", "an impossible time: kept in the original", "line 3")
                    .in(entry));
            return;
        }
        Metric metric = Metric.of("electrocardiogram");
        String data = ecg.microvolts().stream().map(BigDecimal::toPlainString).collect(Collectors.joining(" "));
        String hash = Sha256.of(data.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .hex();
        Observation wave = wave(measurement, metric, ecg, data);
        SourceIdentity waveform = measurement.identity(TYPE + "Voltage", List.of(hash), List.of("uV"));
        file.derive(wave, waveform, metric.category(), entry);
        Observation observation = measurement.observation(file.person(), metric);
        if (ecg.classification() != null) {
            observation
                    .addComponent()
                    .setCode(new CodeableConcept(new Coding(ECG, "classification", null)))
                    .setValue(new CodeableConcept(new Coding(CLASSIFICATION, ecg.classification(), null)));
        }
        observation.addHasMember(
                new Reference("Observation/" + wave.getIdElement().getIdPart()));
        file.propose(observation, measurement.identity(TYPE, List.of(hash), List.of("uV")), metric, measurement);
    }

    private Observation wave(Measurement measurement, Metric metric, Electrocardiogram ecg, String data) {
        Observation wave = measurement.observation(file.person(), metric);
        wave.setCode(new CodeableConcept(LEAD.copy()).setText("心電図波形"));
        SampledData sampled = new SampledData();
        sampled.setOrigin(new Quantity()
                .setValue(0)
                .setUnit("uV")
                .setSystem(MetricObservation.UCUM)
                .setCode("uV"));
        sampled.setPeriod(new BigDecimal(1000).divide(ecg.hertz(), new MathContext(6)));
        sampled.setDimensions(1);
        sampled.setData(data);
        wave.setValue(sampled);
        return wave;
    }

    private @Nullable Measurement measurement(Electrocardiogram ecg) {
        try {
            String time = ecg.recorded();
            WrittenTime start = WrittenTime.parse(time.substring(0, 19) + time.substring(20));
            OffsetDateTime begin = start.time();
            if (begin == null) {
                return null;
            }
            long seconds = Math.round(ecg.microvolts().size() / ecg.hertz().doubleValue());
            Moment from = Moment.parse(SECONDS.format(begin));
            Moment to = Moment.parse(SECONDS.format(begin.plusSeconds(seconds)));
            Map<String, String> parts = ecg.device().isEmpty() ? Map.of() : Map.of("hardware", ecg.device());
            AppleDevice device = new AppleDevice("ECG", ecg.software(), parts);
            Series series = new Series(new byte[0][], TYPE, "uV", device, null);
            return from == null || to == null ? null : new Measurement(series, from, to, false, false, null, 0);
        } catch (java.time.DateTimeException e) {
            return null;
        }
    }
}
