package phr.consent;

import org.jspecify.annotations.Nullable;

/**
 * The client application of a request.
 *
 * @param firstParty belongs to the PHR provider itself
 * @param processor its vendor processes for the user's organisation (委託), so it is no receiving party of its own
 * @param vendor required unless first-party or processor
 */
public record ClientApp(
        String id,
        boolean firstParty,
        boolean processor,
        @Nullable Party vendor) {}
