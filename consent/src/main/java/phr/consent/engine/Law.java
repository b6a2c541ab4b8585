package phr.consent.engine;

import java.util.Set;
import phr.consent.Action;
import phr.consent.Predicate;
import phr.fhir.facts.Facts;
import phr.fhir.facts.PhrCategory;

/** Step 1 of the procedure: what no directive opens (consent-semantics.md §3). */
final class Law {

    private static final Set<String> TYPES = Set.of("Consent", "AuditEvent");
    private static final Set<String> CATEGORIES = Set.of(PhrCategory.CONSENT_RECORD.code());

    /**
     * Records of consent and disclosure, which only the person and her proxies see. The gateway makes them itself, so their
     * category is never unknown.
     */
    static final Predicate CONSENT_RECORDS = Folding.any(
            new Predicate.In(Predicate.Scalar.TYPE, TYPES),
            new Predicate.Overlaps(Predicate.SetFact.CATEGORIES, CATEGORIES, false));

    private Law() {}

    static boolean consentRecord(Facts facts) {
        return TYPES.contains(facts.type()) || facts.categories().values().containsAll(CATEGORIES);
    }

    /** Actions that hand data to the caller; writing does not release the Patient. */
    static boolean delivers(Action action) {
        return action != Action.CONTRIBUTE && action != Action.CORRECT;
    }
}
