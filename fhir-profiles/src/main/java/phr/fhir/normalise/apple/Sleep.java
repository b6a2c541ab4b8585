package phr.fhir.normalise.apple;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.SourceIdentity;
import phr.fhir.normalise.lifelog.Metric;
import phr.fhir.normalise.sleep.SleepEpisode;
import phr.fhir.normalise.sleep.SleepEpisodes;
import phr.fhir.normalise.sleep.SleepNights;
import phr.fhir.normalise.sleep.SleepSource;
import phr.fhir.normalise.sleep.SleepStage;

/** Stages of sleep one by one, and the nights that they make (lifelog.md §3.3, §4). */
final class Sleep {

    private static final String PREFIX = "HKCategoryValueSleepAnalysis";
    /** Asleep without a suffix is what iOS wrote before it knew stages. */
    private static final Map<String, SleepStage> STAGES = Map.of(
            "InBed", SleepStage.IN_BED,
            "Asleep", SleepStage.ASLEEP_UNSPECIFIED,
            "AsleepUnspecified", SleepStage.ASLEEP_UNSPECIFIED,
            "Awake", SleepStage.AWAKE,
            "AsleepCore", SleepStage.ASLEEP_CORE,
            "AsleepDeep", SleepStage.ASLEEP_DEEP,
            "AsleepREM", SleepStage.ASLEEP_REM);

    private static final int MICROS = 1_000_000;

    private final AppleFile file;
    private final SleepNights nights = new SleepNights();

    Sleep(AppleFile file) {
        this.file = file;
    }

    void map(Measurement measurement, String value) {
        SleepStage stage = value.startsWith(PREFIX) ? STAGES.get(value.substring(PREFIX.length())) : null;
        if (stage == null) {
            file.tally.add(Tally.Reason.STAGE, "Record", measurement.series().type, measurement.line());
            return;
        }
        Repeats repeats = measurement.series().repeats;
        if (!repeats.take(file, measurement, value, true)) {
            Observation observation =
                    measurement.observation(file.person(), measurement.series().metric());
            observation.setValue(stage.concept());
            SourceIdentity identity = measurement.identity(List.of(value), List.of(measurement.series().unit));
            repeats.propose(file, observation, identity, measurement, value, true);
        }
        AppleDevice device = measurement.series().device;
        long from = Math.floorDiv(measurement.start().micros(), MICROS);
        long to = Math.floorDiv(measurement.end().micros(), MICROS);
        nights.add(
                new SleepSource(device.source(), device.model(), device.rank()),
                stage,
                from,
                to,
                offset(measurement.zone(), to, measurement.end().offsetSeconds()));
    }

    private static int offset(@Nullable String zone, long second, int written) {
        return zone == null
                ? written
                : ZoneId.of(zone)
                        .getRules()
                        .getOffset(Instant.ofEpochSecond(second))
                        .getTotalSeconds();
    }

    /** Hands on the nights. */
    void finish() {
        for (SleepEpisode episode : nights.episodes()) {
            file.derive(
                    SleepEpisodes.write(file.person(), episode),
                    SleepEpisodes.identity("apple", episode),
                    Metric.of("sleep-duration").category(),
                    "/HealthData/Record[@type='HKCategoryTypeIdentifierSleepAnalysis']");
        }
    }
}
