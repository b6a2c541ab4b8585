package phr.portability;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.Sha256;
import phr.fhir.normalise.Report;

/**
 * What the reading side of an import found; the gateway adds what the store did and signs the receipt.
 *
 * @param packageId null for containers without {@code package.json}
 * @param tagManifest SHA-256 of {@code tagmanifest-sha256.txt}; null likewise
 * @param provider id of the source provider, if named
 * @param again the same package was imported before: nothing was read, answer the first receipt
 * @param counts resources handed on, by type
 * @param unchanged resources not handed on because the record already holds them
 * @param rejected resources left out; the report says why
 * @param contentHash of the resources in the package, comparable with {@link Inventory}; null for foreign containers
 */
public record ImportResult(
        @Nullable UUID packageId,
        @Nullable Sha256 tagManifest,
        Origin origin,
        @Nullable String provider,
        boolean again,
        Map<String, Integer> counts,
        int unchanged,
        int rejected,
        int originals,
        int directives,
        @Nullable Sha256 contentHash,
        @Nullable Report report) {

    public ImportResult {
        counts = Map.copyOf(counts);
    }

    /** Contradicts the account: roll back, the person decides. */
    public boolean held() {
        return report != null && report.held();
    }
}
