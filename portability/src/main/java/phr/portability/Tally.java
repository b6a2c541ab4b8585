package phr.portability;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import phr.fhir.Sha256;

/** Counts of one import while it runs. */
final class Tally {

    final Map<String, Integer> counts = new TreeMap<>();
    int unchanged;
    int rejected;
    int originals;
    int directives;

    @Nullable
    Sha256 contentHash;

    void handedOn(String type) {
        counts.merge(type, 1, Integer::sum);
    }
}
