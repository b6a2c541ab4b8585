package phr.consent;

/** The answer to an {@link AccessRequest}. Refusals are returned, never thrown. */
public sealed interface Decision permits Permit, Denial {

    /** Stands in for {@code switch} over the two answers. */
    <T> T fold(java.util.function.Function<Permit, T> permit, java.util.function.Function<Denial, T> denial);
}
