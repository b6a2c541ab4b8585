package phr.gateway.people;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.consent.authority.RecordedAuthority;
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
 */
public record Principal(
        PersonId person, PersonId actor, @Nullable RecordedAuthority authority) {

    private static final String RECORDS = PhrCategory.CONSENT_RECORD.code();

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
        Set<String> categories = authority == null ? null : authority.scope().categories();
        if (categories != null && !categories.contains(RECORDS)) {
            throw Failure.of(Category.FORBIDDEN, "authority", "reaches beyond the scope of the authority")
                    .exception();
        }
        return person;
    }
}
