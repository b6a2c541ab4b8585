package phr.consent.gate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import phr.consent.authority.Authorities;
import phr.consent.authority.RecordedAuthority;
import phr.consent.engine.Circumstances;
import phr.consent.engine.Policy;
import phr.consent.ledger.ConsentLedger;
import phr.consent.lifecourse.AgeBands;
import phr.consent.lifeevent.LifeEvents;
import phr.consent.request.BlockList;
import phr.fhir.PersonId;

/** Everything a decision about a person depends on, read in one transaction. */
@ApplicationScoped
@Transactional
public class Situations {

    private final ConsentLedger directives;
    private final Authorities authorities;
    private final BlockList blocked;
    private final LifeEvents lifeEvents;
    private final Instance<EmergencyGrounds> emergencies;
    private final Instance<SuspendedParties> suspended;
    private final Instance<StatutoryRules> statutory;

    Situations(
            ConsentLedger directives,
            Authorities authorities,
            BlockList blocked,
            LifeEvents lifeEvents,
            Instance<EmergencyGrounds> emergencies,
            Instance<SuspendedParties> suspended,
            Instance<StatutoryRules> statutory) {
        this.directives = directives;
        this.authorities = authorities;
        this.blocked = blocked;
        this.lifeEvents = lifeEvents;
        this.emergencies = emergencies;
        this.suspended = suspended;
        this.statutory = statutory;
    }

    /** What can take part in a decision now or later. The epoch must have been read before. */
    public Policy policy(PersonId person, long epoch, Instant now) {
        return new Policy(person, epoch, directives.acting(person, now), circumstances(person, now, Instant.MAX));
    }

    /** Every current directive in whatever state, for those who explain. The epoch must have been read before. */
    public Policy everything(PersonId person, long epoch, Instant now) {
        return new Policy(person, epoch, directives.recorded(person, now), circumstances(person, now, Instant.MAX));
    }

    /** What bears on decisions at an instant, as far as it was known. */
    public Circumstances circumstances(PersonId person, Instant at, Instant known) {
        return new Circumstances(
                lifeEvents.life(person, known),
                AgeBands.JAPAN,
                authorities.over(person, known).stream()
                        .map(RecordedAuthority::authority)
                        .flatMap(Optional::stream)
                        .toList(),
                emergencies.isResolvable() ? emergencies.get().of(person, at) : List.of(),
                suspended.isResolvable() ? suspended.get().all() : Set.of(),
                blocked.of(person),
                statutory.isResolvable() ? statutory.get().of(person) : List.of());
    }
}
