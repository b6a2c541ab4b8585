package phr.consent.ledger;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Grantor;

/**
 * Who does something in the ledger, and how.
 *
 * @param actor id of the account or person that acts
 * @param language of the policy text that was shown, {@code ja} or {@code en}
 * @param grantor in which capacity; SELF is the person herself
 * @param holder person id of the proxy who acts; null for the person herself
 * @param evidence what the act rests on, e.g. a signed paper or the request that is approved
 */
public record Act(
        String actor,
        String language,
        CollectionMethod method,
        Grantor grantor,
        @Nullable UUID holder,
        @Nullable UUID evidence) {

    /** The person herself. */
    public Act(String actor, String language, CollectionMethod method) {
        this(actor, language, method, Grantor.SELF, null, null);
    }

    /** On a screen in Japanese. */
    public static Act onScreen(String actor) {
        return new Act(actor, "ja", CollectionMethod.SCREEN);
    }

    /** The same by a proxy. */
    public Act under(Grantor capacity, UUID by) {
        return new Act(actor, language, method, capacity, by, evidence);
    }

    /** The same act, resting on evidence. */
    public Act on(UUID newEvidence) {
        return new Act(actor, language, method, grantor, holder, newEvidence);
    }

    /** The same act after a text in another language. */
    public Act in(String newLanguage) {
        return new Act(actor, newLanguage, method, grantor, holder, evidence);
    }

    public boolean self() {
        return grantor.capacity() == Grantor.Capacity.SELF;
    }
}
