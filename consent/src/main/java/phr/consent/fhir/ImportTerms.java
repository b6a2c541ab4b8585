package phr.consent.fhir;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import phr.consent.directive.Directive;
import phr.consent.directive.Grantor;

/**
 * What the importer knows beside the Consent (consent-semantics.md §17.2).
 *
 * @param policies known policies
 * @param authorisation of somebody else than the patient
 * @param confirmed the person has confirmed the import; else permits start as PENDING_RECONSENT
 * @param now for rules that look at the length of a validity
 */
public record ImportTerms(List<KnownPolicy> policies, Authorisation authorisation, boolean confirmed, Instant now) {

    /** Whether somebody might give a permit for the patient. */
    @FunctionalInterface
    public interface Authorisation {

        /** Nobody but the patient. */
        Authorisation NONE = (performer, at, permit) -> Optional.empty();

        /**
         * @param performer as written: reference, or {@code system|value}
         * @param at time of the act
         * @return in which capacity; empty without an authority in force that allows this permit
         */
        Optional<Grantor> of(String performer, Instant at, Directive permit);
    }

    public ImportTerms {
        policies = List.copyOf(policies);
    }
}
