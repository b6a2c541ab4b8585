package phr.gateway.record.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import phr.gateway.record.choice.Contest;
import phr.gateway.record.choice.LifelogSource;

/**
 * What a series counts, and who does.
 *
 * @param unit in which it does
 */
record Counting(Contest contest, String unit, LifelogSource source) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Null when all sources count. */
    static @Nullable Counting of(Series series) {
        JsonNode example = example(series);
        return Contest.of(example)
                .map(contest -> new Counting(
                        contest,
                        Contest.unit(example.path("valueQuantity")),
                        LifelogSource.of(series.shape().namespace(), example)))
                .orElse(null);
    }

    /** What stands for all samples of a series, as a tree. */
    static JsonNode example(Series series) {
        try {
            return JSON.readTree(series.example());
        } catch (IOException e) {
            // The message of the cause would quote the record.
            throw new IllegalStateException("a series is not JSON");
        }
    }

    /** Both add up to one total of the day. */
    boolean addsTo(@Nullable Counting other) {
        return other != null && contest.equals(other.contest) && unit.equals(other.unit);
    }
}
