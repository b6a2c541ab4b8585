package phr.gateway.emergency;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.emergency.EmergencyGround;
import phr.consent.emergency.EmergencyGround.Step;
import phr.fhir.PersonId;

/**
 * One user behind broken glass for one person: as opened, with what happened since.
 *
 * @param patient id by which the organisation knows the person
 * @param user subject of the user's tokens
 * @param organisation id without {@code Organization/}
 */
record EmergencySession(
        UUID id,
        PersonId person,
        UUID patient,
        String user,
        @Nullable String userName,
        String organisation,
        Reason reason,
        String identityMethod,
        byte[] statement,
        Instant openedAt,
        List<Event> events) {

    /** How long a session or its renewal lasts. */
    static final Duration LENGTH = Duration.ofMinutes(60);

    /** When the review is due. */
    static final Duration REVIEW = Duration.ofHours(72);

    /** Why consent cannot be asked. */
    enum Reason {
        UNCONSCIOUS,
        LIFE_THREAT,
        CONSENT_IMPOSSIBLE
    }

    /** What can happen to a session, each at most once. */
    enum Type {
        FULL,
        RENEWED,
        CLOSED,
        REVIEWED
    }

    /** @param reason of a renewal, or the outcome of a review */
    record Event(
            Type type, Instant at, String actor, @Nullable String reason, byte @Nullable [] statement) {

        /** Closed, or found to be misuse. */
        boolean ends() {
            return type == Type.CLOSED
                    || (type == Type.REVIEWED && Reviews.Outcome.MISUSE.name().equals(reason));
        }
    }

    EmergencySession {
        events = List.copyOf(events);
    }

    boolean has(Type type) {
        return events.stream().anyMatch(event -> event.type() == type);
    }

    /** Exclusive. */
    Instant closesAt() {
        Instant closes = openedAt.plus(LENGTH);
        for (Event event : events) {
            if (event.type() == Type.RENEWED) {
                closes = event.at().plus(LENGTH);
            } else if (event.ends() && event.at().isBefore(closes)) {
                closes = event.at();
            }
        }
        return closes;
    }

    boolean open(Instant now) {
        return now.isBefore(closesAt());
    }

    Step step() {
        return has(Type.FULL) ? Step.FULL : Step.SUMMARY;
    }

    EmergencyGround ground() {
        return new EmergencyGround(
                EmergencyGround.Kind.BTG, user, "Organization/" + organisation, openedAt, closesAt(), step());
    }
}
