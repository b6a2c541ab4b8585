package phr.gateway.erasure;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import phr.consent.evidence.Evidence;
import phr.consent.lifecourse.AgeBands;
import phr.consent.lifecourse.LifeStage;
import phr.consent.lifeevent.LifeEvents;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.audit.AccessEvent;
import phr.gateway.audit.AccessLog;
import phr.gateway.caller.Caller;
import phr.gateway.erasure.Erasure.Ground;
import phr.gateway.erasure.ErasureRequests.Asked;
import phr.gateway.people.People;

/** Two operators erase a person on her documented request or wish: one asks with the evidence, another one confirms. */
@Singleton
class OperatorErasure {

    private final People people;
    private final LifeEvents lifeEvents;
    private final ErasureEvidence evidences;
    private final ErasureRequests requests;
    private final Erasures erasures;
    private final AccessLog log;
    private final Clock clock;

    @Inject
    OperatorErasure(
            People people,
            LifeEvents lifeEvents,
            ErasureEvidence evidences,
            ErasureRequests requests,
            Erasures erasures,
            AccessLog log,
            Clock clock) {
        this.people = people;
        this.lifeEvents = lifeEvents;
        this.evidences = evidences;
        this.requests = requests;
        this.erasures = erasures;
        this.log = log;
        this.clock = clock;
    }

    /** @throws phr.fhir.failure.FailureException NOT_FOUND, CONFLICT when it is about the wish of somebody whose death is not verified */
    Asked ask(Caller operator, String id, Ground ground, Evidence evidence) {
        PersonId person = person(id);
        boolean dead =
                lifeEvents.life(person, clock.instant()).stage(clock.instant(), AgeBands.JAPAN) == LifeStage.DECEASED;
        if (ground == Ground.AFTER_DEATH && !dead) {
            throw Failure.of(Category.CONFLICT, "erasure", "her death is not verified", "/ground")
                    .exception();
        }
        UUID kept = evidences.keep(person, evidence, operator.subject());
        log.append(event(operator, person, "ask for erasure", ground));
        return requests.ask(person, ground, operator.subject(), kept);
    }

    /** @throws phr.fhir.failure.FailureException NOT_FOUND; CONFLICT for a token that is worth nothing to this operator */
    Erasure erase(Caller operator, String id, String token) {
        PersonId person = person(id);
        Erasure erasure = erasures.erase(
                        person,
                        token,
                        request -> request.ground() != Ground.OWN
                                && !request.askedBy().equals(operator.subject()))
                .orElseThrow(OwnErasure::worthless);
        log.append(event(operator, person, "erase record", erasure.ground()));
        return erasure;
    }

    private PersonId person(String id) {
        return people.find(id).orElseThrow(() -> Failure.of(Category.NOT_FOUND, "not-found", "not found")
                .exception());
    }

    private static AccessEvent event(Caller operator, PersonId person, String what, Ground ground) {
        return new AccessEvent(
                person,
                null,
                operator.client(),
                operator.subject(),
                "erase",
                what,
                List.of(),
                AccessEvent.Outcome.PERMIT,
                ground.name(),
                List.of());
    }
}
