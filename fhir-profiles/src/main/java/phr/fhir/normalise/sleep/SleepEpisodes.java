package phr.fhir.normalise.sleep;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Type;
import phr.fhir.PersonId;
import phr.fhir.normalise.SourceIdentity;
import phr.fhir.normalise.lifelog.DerivedKey;
import phr.fhir.normalise.lifelog.Metric;
import phr.fhir.normalise.lifelog.MetricObservation;

/** Writes a sleep as Observation with the components of the HL7 PHR guide (lifelog.md §1, §3.1). */
public final class SleepEpisodes {

    private static final String SYSTEM = "http://hl7.org/fhir/uv/phr/CodeSystem/sleep-episode-codes";
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);

    private SleepEpisodes() {}

    /**
     * The name of a sleep, the same when later data change it: its day for the main sleep, its start for a nap.
     *
     * @param vendor the source family, e.g. {@code apple}
     */
    public static SourceIdentity identity(String vendor, SleepEpisode episode) {
        String name = episode.main()
                ? episode.day().toString()
                : SECONDS.format(episode.start().withOffsetSameInstant(java.time.ZoneOffset.UTC));
        return new SourceIdentity(DerivedKey.SYSTEM, vendor + "-sleep-" + name, null);
    }

    /** Without id and identifier. */
    public static Observation write(PersonId person, SleepEpisode episode) {
        Metric metric = Metric.of("sleep-duration");
        Period period = new Period();
        period.setStartElement(time(episode.start()));
        period.setEndElement(time(episode.end()));
        Observation observation = MetricObservation.of(person, metric, period);
        observation.setValue(MetricObservation.quantity(metric, minutes(episode.asleep()), "min"));
        observation.addExtension(MetricObservation.AGGREGATE, new BooleanType(true));
        observation.setMethod(new CodeableConcept()
                .setText("sum of the stages of one source: " + episode.source().name()));
        MetricObservation.device(
                observation, episode.source().model(), episode.source().name());
        component(observation, "totalSleepTime", "", quantity(episode.asleep()));
        stage(observation, episode, SleepStage.ASLEEP_CORE, "core", "sleep-light");
        stage(observation, episode, SleepStage.ASLEEP_DEEP, "deep", "sleep-deep");
        stage(observation, episode, SleepStage.ASLEEP_REM, "rem", "sleep-rem");
        component(observation, "latencyToSleepOnset", "", quantity(episode.latency()));
        component(observation, "wakeAfterSleepOnset", "", quantity(episode.awake()));
        component(observation, "numberOfAwakenings", "", new IntegerType(episode.awakenings()));
        component(observation, "sleepEfficiencyPercentage", "", percent(episode.asleep(), episode.length()));
        component(observation, "isMainSleep", "", new BooleanType(episode.main()));
        return observation;
    }

    private static void stage(
            Observation observation, SleepEpisode episode, SleepStage stage, String name, String metric) {
        Long seconds = episode.seconds().get(stage);
        if (seconds != null) {
            component(observation, name + "SleepDuration", metric, quantity(seconds));
            component(observation, name + "SleepPercentage", "", percent(seconds, episode.asleep()));
        }
    }

    private static void component(Observation observation, String code, String metric, Type value) {
        CodeableConcept concept = new CodeableConcept();
        concept.addCoding().setSystem(SYSTEM).setCode(code);
        if (!metric.isEmpty()) {
            Metric.of(metric).loinc().forEach(loinc -> concept.addCoding()
                    .setSystem(Metric.LOINC)
                    .setCode(loinc));
        }
        observation.addComponent().setCode(concept).setValue(value);
    }

    private static Type quantity(long seconds) {
        return MetricObservation.quantity(Metric.of("sleep-duration"), minutes(seconds), "min");
    }

    private static Type percent(long part, long whole) {
        BigDecimal percent = BigDecimal.valueOf(100 * part).divide(BigDecimal.valueOf(whole), 1, RoundingMode.HALF_UP);
        return new org.hl7.fhir.r4.model.Quantity()
                .setValue(percent)
                .setUnit("%")
                .setSystem(MetricObservation.UCUM)
                .setCode("%");
    }

    private static BigDecimal minutes(long seconds) {
        BigDecimal minutes = BigDecimal.valueOf(seconds)
                .divide(BigDecimal.valueOf(60), 2, RoundingMode.HALF_UP)
                .stripTrailingZeros();
        return minutes.scale() < 0 ? minutes.setScale(0) : minutes;
    }

    private static DateTimeType time(OffsetDateTime time) {
        return new DateTimeType(SECONDS.format(time));
    }
}
