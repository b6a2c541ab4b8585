package phr.portability;

import java.util.Map;
import phr.fhir.Sha256;

/**
 * What a record holds, in a form that source and destination compute alike (phr-package.md §8.4). Patient and the Provenance of
 * packages are not part of it.
 *
 * @param counts resources by type
 * @param originals number of original files
 * @param contentHash SHA-256 over the sorted content hashes, each as 64 hex digits and LF
 */
public record Inventory(Map<String, Integer> counts, int originals, Sha256 contentHash) {

    public Inventory {
        counts = Map.copyOf(counts);
    }
}
