package phr.gateway.people;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.consent.authority.OwnSphere;
import phr.consent.authority.RecordedAuthority;
import phr.consent.directive.Directive;
import phr.consent.ledger.Act;
import phr.fhir.PersonId;
import phr.fhir.facts.PhrCategory;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/**
 * For whom a citizen acts.
 *
 * @param person whose consents or record
 * @param actor who is logged in; the person herself, or her proxy
 * @param authority of the proxy; null for the person herself
 * @param own what the person decides alone, so that the proxy learns nothing of it (consent-semantics.md §11, 15 to 17); empty for
 *     the person herself
 */
public record Principal(
        PersonId person, PersonId actor, @Nullable RecordedAuthority authority, OwnSphere own) {

    private static final String RECORDS = PhrCategory.CONSENT_RECORD.code();

    /** The person herself. */
    public static Principal self(PersonId person) {
        return new Principal(person, person, null, OwnSphere.NONE);
    }

    /** Acts for somebody else. */
    public boolean proxy() {
        return authority != null;
    }

    /** The person is of an age at which she decides some things without the proxy. */
    public boolean decidesAlone() {
        return !own.empty();
    }

    /** Whether a directive exists for whoever acts: not for a guardian, when it is the young person's own matter. */
    public boolean sees(Directive directive) {
        return !own.hides(directive);
    }

    /** Whether a directive lies within the power of whoever acts. */
    public boolean reaches(Directive directive) {
        return authority == null || authority.reaches(directive);
    }

    /** The act as it is signed in the ledger: by the person, or by the holder under her authority. */
    public Act signs(Act act) {
        return authority == null ? act : act.under(authority.grantor(), actor.value());
    }

    /**
     * Consents, receipts and the access log are {@code consent-record} data.
     *
     * @throws phr.fhir.failure.FailureException FORBIDDEN for a proxy whose scope does not reach them
     */
    public PersonId personOfConsentRecords() {
        return ofConsentRecords().person();
    }

    /** As {@link #personOfConsentRecords}, for who goes on with the whole. */
    public Principal ofConsentRecords() {
        Set<String> categories = authority == null ? null : authority.scope().categories();
        if (categories != null && !categories.contains(RECORDS)) {
            throw Failure.of(Category.FORBIDDEN, "authority", "reaches beyond the scope of the authority")
                    .exception();
        }
        return this;
    }
}
