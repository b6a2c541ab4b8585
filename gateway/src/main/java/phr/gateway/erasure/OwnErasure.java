package phr.gateway.erasure;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import phr.consent.Action;
import phr.consent.lifecourse.AgeBands;
import phr.consent.lifeevent.LifeEvents;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.access.RecordAccess;
import phr.gateway.caller.Caller;
import phr.gateway.erasure.Erasure.Ground;
import phr.gateway.erasure.ErasureRequests.Asked;
import phr.gateway.people.OwnAccount;

/** The person erases herself. */
@Singleton
class OwnErasure {

    private final OwnAccount own;
    private final RecordAccess access;
    private final LifeEvents lifeEvents;
    private final ErasureRequests requests;
    private final Erasures erasures;
    private final Clock clock;

    @Inject
    OwnErasure(
            OwnAccount own,
            RecordAccess access,
            LifeEvents lifeEvents,
            ErasureRequests requests,
            Erasures erasures,
            Clock clock) {
        this.own = own;
        this.access = access;
        this.lifeEvents = lifeEvents;
        this.requests = requests;
        this.erasures = erasures;
        this.clock = clock;
    }

    /** @throws phr.fhir.failure.FailureException NOT_FOUND for anybody else, FORBIDDEN for a minor and in an application of others */
    Asked ask(Caller caller, String id) {
        PersonId person = adult(caller, id);
        return access.performForSelf(
                person,
                Action.CORRECT,
                "ask for erasure",
                permit -> requests.ask(person, Ground.OWN, caller.subject(), null));
    }

    /** @throws phr.fhir.failure.FailureException as for {@link #ask}; CONFLICT for a token that is worth nothing */
    Erasure erase(Caller caller, String id, String token) {
        PersonId person = adult(caller, id);
        return access.performForSelf(person, Action.CORRECT, "erase record", permit -> erasures.erase(
                        person,
                        token,
                        request -> request.ground() == Ground.OWN
                                && request.askedBy().equals(caller.subject()))
                .orElseThrow(OwnErasure::worthless));
    }

    /** What cannot be undone is not done by a child alone: she asks the operator. */
    private PersonId adult(Caller caller, String id) {
        PersonId person = own.require(caller, id);
        Instant now = clock.instant();
        boolean minor = lifeEvents
                .life(person, now)
                .majority(AgeBands.JAPAN)
                .filter(now::isBefore)
                .isPresent();
        if (minor) {
            throw Failure.of(
                            Category.FORBIDDEN, "erasure", "the record of a minor is erased by the operator on request")
                    .exception();
        }
        return person;
    }

    static RuntimeException worthless() {
        return Failure.of(Category.CONFLICT, "erasure", "ask for the erasure again: this token is worth nothing")
                .exception();
    }
}
