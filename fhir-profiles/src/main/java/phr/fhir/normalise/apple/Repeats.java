package phr.fhir.normalise.apple;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.SourceIdentity;
import phr.fhir.sample.Decimal;
import phr.fhir.sample.Sample;

/**
 * Sparse records of a series that differ from an earlier one in time and number only: nights have thousands of stages. The first
 * goes through the resource model, the others are written like it. Not thread-safe.
 */
final class Repeats {

    /** Kinds that are remembered; more of them repeat little. */
    private static final int MOST = 200;

    private final Series series;
    private final Map<Kind, Learnt> kinds = new HashMap<>();

    /**
     * What records have in common besides their series.
     *
     * @param word the value where it is no number, else empty
     */
    private record Kind(
            boolean period, boolean manual, @Nullable String zone, String word) {

        static Kind of(Measurement measurement, String word) {
            boolean period = measurement.start().micros() != measurement.end().micros();
            return new Kind(period, measurement.manual(), measurement.zone(), word);
        }
    }

    Repeats(Series series) {
        this.series = series;
    }

    /**
     * @param value as written
     * @param word whether it is no number
     * @return false when it has to go the long way
     */
    boolean take(AppleFile file, Measurement measurement, String value, boolean word) {
        Learnt known = measurement.assumed() ? null : kinds.get(Kind.of(measurement, word ? value : ""));
        Sample sample = known == null ? null : sample(known, measurement, value, word);
        if (sample != null) {
            file.alike(sample, measurement);
        }
        return sample != null;
    }

    /** Hands on one that went the long way, and learns from it. */
    void propose(
            AppleFile file,
            Observation observation,
            SourceIdentity identity,
            Measurement measurement,
            String value,
            boolean word) {
        Kind kind = Kind.of(measurement, word ? value : "");
        if (!measurement.assumed() && kinds.size() < MOST && !kinds.containsKey(kind)) {
            Optional<Sample> packed = file.packed(observation, identity, series.metric(), measurement);
            Learnt learnt = packed.map(sample -> Learnt.of(sample.shape(), file.intake()))
                    .filter(one -> packed.get().equals(sample(one, measurement, value, word)))
                    .orElse(Learnt.UNFIT);
            kinds.put(kind, learnt);
        }
        file.propose(observation, identity, series.metric(), measurement);
    }

    private @Nullable Sample sample(Learnt known, Measurement measurement, String value, boolean word) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        Decimal number = word ? null : series.number(text, 0, text.length);
        boolean unfit = !word && number == null;
        return unfit
                ? null
                : known.sample(series.keys(), measurement.start(), measurement.end(), number, text, 0, text.length);
    }
}
