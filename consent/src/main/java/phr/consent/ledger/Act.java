package phr.consent.ledger;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who does something in the ledger, and how.
 *
 * @param actor id of the account or person that acts
 * @param language of the policy text that was shown, {@code ja} or {@code en}
 * @param evidence what the act rests on, e.g. the request that is approved
 */
public record Act(
        String actor,
        String language,
        CollectionMethod method,
        @Nullable UUID evidence) {

    public Act(String actor, String language, CollectionMethod method) {
        this(actor, language, method, null);
    }

    /** On a screen in Japanese. */
    public static Act onScreen(String actor) {
        return new Act(actor, "ja", CollectionMethod.SCREEN);
    }

    /** The same act, resting on evidence. */
    public Act on(UUID newEvidence) {
        return new Act(actor, language, method, newEvidence);
    }

    /** The same act after a text in another language. */
    public Act in(String newLanguage) {
        return new Act(actor, newLanguage, method, evidence);
    }
}
