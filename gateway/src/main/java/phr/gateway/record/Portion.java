package phr.gateway.record;

import java.util.List;
import phr.fhir.facts.DataTime;

/**
 * Observations to compute with: one, or several that differ in nothing but identity, time and values, whose values are added up.
 * Those begin on one Tokyo day, and end on it if they are several.
 *
 * @param form the Observation; with sums, one that stands for all of them: id, times and keys are nobody's, and each value of a
 *     quantity is the number of its sum
 * @param time from the start of the first to the end of the last
 * @param count how many
 * @param sums of their values; empty = the values stand in the form
 * @param alone no other source has counted the same in any half hour of its time: there is nothing to choose
 */
public record Portion(Entry form, DataTime time, int count, List<Sum> sums, boolean alone) {

    /** One Observation. */
    public static Portion of(Entry entry) {
        return new Portion(entry, entry.time(), 1, List.of(), false);
    }
}
