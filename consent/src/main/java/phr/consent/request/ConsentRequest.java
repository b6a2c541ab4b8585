package phr.consent.request;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;
import phr.consent.ledger.Notice;
import phr.fhir.PersonId;

/**
 * A request as it stands at the instant of reading.
 *
 * @param question with its end filled in
 * @param notice the policy text that was shown with it
 */
public record ConsentRequest(
        UUID id,
        PersonId person,
        Question question,
        Notice notice,
        Instant recordedAt,
        Instant expiresAt,
        RequestStatus status,
        @Nullable Answer answer) {

    /** What is asked for. */
    public Directive directive() {
        return question.directive();
    }

    boolean is(RequestStatus expected) {
        return status == expected;
    }
}
