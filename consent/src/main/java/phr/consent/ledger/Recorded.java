package phr.consent.ledger;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import phr.consent.directive.Directive;
import phr.consent.directive.State;
import phr.fhir.PersonId;
import phr.fhir.Sha256;
import phr.fhir.failure.Issue;

/**
 * One version of a directive as it stands in the ledger.
 *
 * @param directive with id, version and the state at the time of reading
 * @param grantor person id of who gave it: the person herself or a proxy
 * @param bodySha256 over the canonical bytes of the body
 * @param events of the directive so far, oldest first
 * @param warnings of the lint when it was written; empty when read later
 */
public record Recorded(
        PersonId person,
        Directive directive,
        Instant recordedAt,
        String recordedBy,
        UUID grantor,
        CollectionMethod method,
        Notice notice,
        Sha256 bodySha256,
        List<Event> events,
        List<Issue> warnings) {

    public Recorded {
        events = List.copyOf(events);
        warnings = List.copyOf(warnings);
    }

    /** The same in another state, for what only the instant of reading decides (§11). */
    public Recorded as(State state) {
        Directive now = directive.as(directive.id(), directive.version(), state);
        return new Recorded(person, now, recordedAt, recordedBy, grantor, method, notice, bodySha256, events, warnings);
    }

    Recorded withWarnings(List<Issue> found) {
        return new Recorded(
                person, directive, recordedAt, recordedBy, grantor, method, notice, bodySha256, events, found);
    }

    /** The same row with another directive, as far as a reader may see it. */
    public Recorded showing(Directive shown) {
        return new Recorded(
                person, shown, recordedAt, recordedBy, grantor, method, notice, bodySha256, events, warnings);
    }
}
