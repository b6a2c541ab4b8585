package phr.fhir.normalise.vendor.measure;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Type;
import phr.fhir.PersonId;
import phr.fhir.normalise.SourceIdentity;
import phr.fhir.normalise.lifelog.DerivedKey;
import phr.fhir.normalise.lifelog.LifelogFile;
import phr.fhir.normalise.lifelog.Metric;
import phr.fhir.normalise.lifelog.MetricObservation;
import phr.fhir.normalise.lifelog.TimeFrame;
import phr.fhir.normalise.lifelog.Units;
import phr.fhir.normalise.sleep.SleepEpisode;
import phr.fhir.normalise.sleep.SleepEpisodes;
import phr.fhir.normalise.sleep.SleepNights;
import phr.fhir.normalise.sleep.SleepSource;
import phr.fhir.normalise.sleep.SleepStage;

/** The measurements of one file on their way out: identity, Observations, nights. Nothing is added up over sources. */
public final class Measurements {

    private static final String ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason";

    private final LifelogFile file;
    private final PersonId person;
    private final DenseSeries dense;
    private final Tally tally = new Tally();
    private final SleepNights nights = new SleepNights();
    private String sleepVendor = "";

    public Measurements(LifelogFile file) {
        this.file = file;
        this.person = file.intake().account().person();
        this.dense = new DenseSeries(file);
    }

    public LifelogFile file() {
        return file;
    }

    public Tally tally() {
        return tally;
    }

    /** Blood pressure is one panel with the pulse beside it; other values stand alone. */
    public void add(Measurement measurement) {
        if (measurement.pressure()) {
            panel(measurement);
            return;
        }
        for (Value value : measurement.values()) {
            one(measurement, value);
        }
    }

    private void one(Measurement measurement, Value value) {
        boolean several = measurement.values().size() > 1;
        SourceIdentity identity =
                identity(measurement, List.of(value), several ? value.metric().key() : "");
        about(value.metric(), measurement.frame());
        boolean series = value.metric().dense()
                && measurement.note().isEmpty()
                && measurement.summary().isEmpty();
        if (series && dense.take(measurement, value, identity)) {
            return;
        }
        Observation observation = observation(measurement, value.metric(), identity);
        observation.setValue(MetricObservation.quantity(value.metric(), value.value(), value.written(), value.unit()));
        Set<phr.fhir.facts.PhrCategory> categories = Set.of(value.metric().category());
        var draft = file.draft(observation, identity, categories, measurement.place());
        if (series) {
            dense.propose(measurement, value, identity, draft);
        } else {
            file.propose(draft);
        }
    }

    private void panel(Measurement measurement) {
        Metric metric = Metric.of("blood-pressure");
        SourceIdentity identity = identity(measurement, measurement.values(), "");
        about(metric, measurement.frame());
        Observation observation = observation(measurement, metric, identity);
        component(observation, measurement, "systolic");
        component(observation, measurement, "diastolic");
        for (Value value : measurement.values()) {
            if (!value.of("systolic") && !value.of("diastolic")) {
                component(observation, measurement, value.metric().key());
            }
        }
        file.observation(observation, identity, Set.of(metric.category()), measurement.place());
    }

    private static void component(Observation observation, Measurement measurement, String key) {
        var component = observation.addComponent().setCode(Metric.of(key).concept());
        Value value = measurement.values().stream()
                .filter(any -> any.of(key))
                .findFirst()
                .orElse(null);
        if (value == null) {
            component.setDataAbsentReason(new CodeableConcept(new Coding(ABSENT, "unknown", null)));
        } else {
            component.setValue(
                    MetricObservation.quantity(value.metric(), value.value(), value.written(), value.unit()));
        }
    }

    /**
     * An exercise, its values as parts (lifelog.md §1, workout).
     *
     * @param kind code of the HL7 PHR guide, e.g. {@code running}
     */
    public void workout(Measurement measurement, String kind) {
        Metric metric = Metric.of("workout");
        SourceIdentity identity = identity(measurement, List.of(), "");
        about(metric, measurement.frame());
        Observation observation = observation(measurement, metric, identity);
        observation.getCode().getCoding().add(0, new Coding(Metric.PGHD, kind, null));
        for (Value value : measurement.values()) {
            component(observation, measurement, value.metric().key());
        }
        file.observation(observation, identity, Set.of(metric.category()), measurement.place());
    }

    /** A stage of sleep; the nights are found at the end. */
    public void stage(Measurement measurement, SleepStage stage) {
        Metric metric = Metric.of("sleep-analysis");
        SourceIdentity identity = identity(measurement, List.of(), "");
        about(metric, measurement.frame());
        Observation observation = observation(measurement, metric, identity);
        observation.setValue(stage.concept());
        file.observation(observation, identity, Set.of(metric.category()), measurement.place());
        OffsetDateTime from = measurement.frame().start().time();
        if (from != null) {
            Source source = measurement.source();
            String name = source.app().isEmpty() ? source.vendor() : source.app();
            sleepVendor = source.vendor();
            nights.add(
                    new SleepSource(name, source.device(), SleepSource.APP),
                    stage,
                    measurement.frame().start().instant().getEpochSecond(),
                    measurement.frame().last().getEpochSecond(),
                    from.getOffset().getTotalSeconds());
        }
    }

    /** Ends the file: the nights, the report, the original. */
    public void finish() {
        for (SleepEpisode episode : nights.episodes()) {
            Observation observation = SleepEpisodes.write(person, episode);
            SourceIdentity identity = SleepEpisodes.identity(sleepVendor, episode);
            observation.addIdentifier().setSystem(identity.namespace()).setValue(identity.id());
            observation.setId(file.sampleId(identity).toString());
            file.observation(
                    observation, identity, Set.of(Metric.of("sleep-duration").category()), "sleep");
        }
        tally.report(file);
        file.finish();
    }

    private void about(Metric metric, TimeFrame frame) {
        file.about(metric.name(), frame.start().instant(), frame.last());
    }

    private Observation observation(Measurement measurement, Metric metric, SourceIdentity identity) {
        Type effective = measurement.frame().effective();
        Observation observation = MetricObservation.of(person, metric, effective);
        observation.addIdentifier().setSystem(identity.namespace()).setValue(identity.id());
        observation.setId(file.sampleId(identity).toString());
        Source source = measurement.source();
        if (source.manual()) {
            observation.addExtension(MetricObservation.MANUAL, new BooleanType(true));
        }
        if (!measurement.summary().isEmpty()) {
            observation.addExtension(MetricObservation.AGGREGATE, new BooleanType(true));
            observation.setMethod(new CodeableConcept().setText(measurement.summary()));
        }
        if (!measurement.note().isEmpty()) {
            observation.addNote().setText(measurement.note());
        }
        device(observation, source, metric);
        return observation;
    }

    /** Who counts or watches what others may too says so, if only as the source family. */
    private static void device(Observation observation, Source source, Metric metric) {
        boolean nameless = source.app().isEmpty() && source.device().isEmpty();
        boolean watched = metric.counted() || metric.night();
        String family = watched && nameless && !source.vendor().startsWith("urn:") ? source.vendor() : "";
        MetricObservation.device(observation, source.device(), source.app() + family);
    }

    /** What the source calls it, else the derived key (lifelog.md §4, identifier). */
    private static SourceIdentity identity(Measurement measurement, List<Value> values, String part) {
        Source source = measurement.source();
        if (!measurement.id().isEmpty()) {
            String id = part.isEmpty() ? measurement.id() : measurement.id() + "#" + part;
            return new SourceIdentity(system(source), id, null);
        }
        TimeFrame frame = measurement.frame();
        String type = part.isEmpty() ? source.type() : source.type() + "." + part;
        String key = DerivedKey.of(
                type,
                source.app().isEmpty() ? source.vendor() : source.app(),
                source.device(),
                frame.start().instant(),
                frame.end() == null ? null : frame.end().instant(),
                values.stream().map(value -> value.written().toString()).toList(),
                values.isEmpty()
                        ? List.of("")
                        : values.stream().map(Value::unit).toList());
        return new SourceIdentity(DerivedKey.SYSTEM, key, null);
    }

    private static String system(Source source) {
        return source.vendor().startsWith("urn:") ? source.vendor() : "urn:phr:source:" + source.vendor();
    }

    static boolean sameUnit(Value value) {
        return Units.same(value.unit(), value.metric().valueUnit());
    }

    /** The metric of a row that covers a whole day. */
    public static Metric daily(Metric metric, TimeFrame frame) {
        String day = metric.key() + "-day";
        return frame.wholeDay() && Metric.known(day) ? Metric.of(day) : metric;
    }
}
