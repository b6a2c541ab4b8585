package phr.consent.ledger;

import java.time.Instant;
import java.util.List;
import phr.consent.directive.Directive;
import phr.fhir.PersonId;
import phr.fhir.Sha256;
import phr.fhir.failure.Issue;

/**
 * One version of a directive as it stands in the ledger.
 *
 * @param directive with id, version and the state at the time of reading
 * @param bodySha256 over the canonical bytes of the body
 * @param events of the directive so far, oldest first
 * @param warnings of the lint when it was written; empty when read later
 */
public record Recorded(
        PersonId person,
        Directive directive,
        Instant recordedAt,
        String recordedBy,
        CollectionMethod method,
        Notice notice,
        Sha256 bodySha256,
        List<Event> events,
        List<Issue> warnings) {

    public Recorded {
        events = List.copyOf(events);
        warnings = List.copyOf(warnings);
    }

    Recorded withWarnings(List<Issue> found) {
        return new Recorded(person, directive, recordedAt, recordedBy, method, notice, bodySha256, events, found);
    }
}
