package phr.consent.engine;

import java.util.List;
import java.util.Set;
import phr.consent.Action;
import phr.consent.Obligation;
import phr.consent.Predicate;
import phr.consent.engine.data.Folding;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;

/** Step 1 of the procedure: what no directive opens, and what an order opens (consent-semantics.md §3). */
final class Law {

    private static final Set<String> RECORD_TYPES = Set.of("Consent", "AuditEvent");
    private static final Set<String> RECORDS = Set.of(PhrCategory.CONSENT_RECORD.code());
    private static final Set<String> ADDRESS_TYPES = Set.of("Patient", "RelatedPerson");
    private static final Set<String> ADDRESSES = Set.of(PhrCategory.DEMOGRAPHICS.code());

    /**
     * Records of consent and disclosure, which only the person and her proxies see. The gateway makes them itself, so their
     * category is never unknown.
     */
    private static final Predicate CONSENT_RECORDS = any(RECORD_TYPES, RECORDS);

    private static final Predicate ADDRESS_DATA = any(ADDRESS_TYPES, ADDRESSES);

    private Law() {}

    private static final Predicate IN_QUARANTINE = new Predicate.SensitivitiesOverlap(Set.of(Labels.QUARANTINED));

    /** What full validation found wrong, until it is released: whatever a directive says of labels, no recipient gets it. */
    static Predicate quarantined(Call call) {
        return call.recipient() ? IN_QUARANTINE : Predicate.NEVER;
    }

    /** The same for one resource. */
    static boolean quarantined(Call call, Facts facts) {
        return call.recipient() && facts.labels().inQuarantine();
    }

    /** Rows that the law keeps from this caller. */
    static Predicate prohibited(Call call) {
        return Folding.any(
                quarantined(call),
                call.recipient() || call.operator() ? CONSENT_RECORDS : Predicate.NEVER,
                concealsAddress(call) ? ADDRESS_DATA : Predicate.NEVER);
    }

    /** The same for one resource. */
    static boolean prohibited(Call call, Facts facts) {
        boolean record = RECORD_TYPES.contains(facts.type())
                || facts.categories().values().containsAll(RECORDS);
        boolean address = ADDRESS_TYPES.contains(facts.type())
                || facts.categories().values().containsAll(ADDRESSES);
        return quarantined(call, facts)
                || record && (call.recipient() || call.operator())
                || address && concealsAddress(call);
    }

    /** Obligations of data given by order. */
    static Set<Obligation> ordered(StatutoryRule rule) {
        return rule.notifyPerson()
                ? Set.of(Obligation.KEEP_LABELS, Obligation.MASK_REFERENCES, Obligation.NOTIFY_PERSON)
                : Set.of(Obligation.KEEP_LABELS, Obligation.MASK_REFERENCES);
    }

    /** Actions that hand data to the caller; writing does not release the Patient. */
    static boolean delivers(Action action) {
        return action != Action.CONTRIBUTE && action != Action.CORRECT;
    }

    /** A protected address is for nobody but the person (§10.2). */
    private static boolean concealsAddress(Call call) {
        boolean others = call.recipient() || call.operator() || call.proxy();
        return others && call.course().addressProtected();
    }

    private static Predicate any(Set<String> types, Set<String> categories) {
        return Folding.any(List.of(
                new Predicate.In(Predicate.Scalar.TYPE, types),
                new Predicate.Overlaps(Predicate.SetFact.CATEGORIES, categories, false)));
    }
}
