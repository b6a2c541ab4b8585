package phr.fhir.normalise;

import org.jspecify.annotations.Nullable;

/**
 * What became of one document of an upload.
 *
 * @param entry name inside the container, null for a single file
 * @param kind as in {@link Original#kind()}
 * @param read items, samples or resources read
 * @param mapped of these, how many became FHIR
 * @param notMapped of these, how many are only in the original
 * @param result what happened
 */
public record DocumentReport(@Nullable String entry, String kind, int read, int mapped, int notMapped, Result result) {

    public enum Result {
        /** Original and resources. */
        MAPPED,
        /** Only the original is kept; issues say why. */
        ORIGINAL_ONLY,
        /** Somebody else's document in a shared container: not kept. */
        OTHER_PERSON,
        /** Contradicts the account: waits for the person. */
        HELD
    }
}
