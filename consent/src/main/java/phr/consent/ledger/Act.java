package phr.consent.ledger;

/**
 * Who does something in the ledger, and how.
 *
 * @param actor id of the account or person that acts
 * @param language of the policy text that was shown, {@code ja} or {@code en}
 */
public record Act(String actor, String language, CollectionMethod method) {

    /** On a screen in Japanese. */
    public static Act onScreen(String actor) {
        return new Act(actor, "ja", CollectionMethod.SCREEN);
    }
}
