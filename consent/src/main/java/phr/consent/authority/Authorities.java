package phr.consent.authority;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.evidence.Evidence;
import phr.consent.evidence.EvidenceLedger;
import phr.consent.ledger.ConsentEpochs;
import phr.consent.lifecourse.AgeBands;
import phr.consent.lifecourse.Authority;
import phr.consent.lifecourse.Life;
import phr.consent.lifeevent.LifeEvents;
import phr.fhir.Ids;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;

/**
 * Who may act for whom (consent-semantics.md §10.2). Who asks for a change is checked by the caller; what may follow what is checked
 * here. Every change bumps the epoch of the person in its transaction.
 */
@ApplicationScoped
@Transactional
public class Authorities {

    private static final int WAITING = 500;

    private final AuthorityRows rows;
    private final LifeEvents lifeEvents;
    private final EvidenceLedger evidence;
    private final ConsentEpochs epochs;
    private final OwnSpheres spheres;
    private final Clock clock;

    Authorities(
            AuthorityRows rows,
            LifeEvents lifeEvents,
            EvidenceLedger evidence,
            ConsentEpochs epochs,
            OwnSpheres spheres,
            Clock clock) {
        this.rows = rows;
        this.lifeEvents = lifeEvents;
        this.evidence = evidence;
        this.epochs = epochs;
        this.spheres = spheres;
        this.clock = clock;
    }

    /**
     * Records a claim; it opens nothing before it is verified. The same claim again answers the first one.
     *
     * @throws FailureException INVALID when somebody would act for herself, or a guardian for an adult
     */
    public RecordedAuthority register(Claim claim, String actor) {
        Instant now = now();
        Guards.claim(claim, lifeEvents.life(claim.person(), now), now);
        epochs.lock(claim.person());
        Optional<RecordedAuthority> same = rows.over(claim.person(), Instant.MAX).stream()
                .filter(known -> claim.holder() != null && known.heldBy(claim.holder()))
                .filter(known -> known.kind() == claim.kind() && known.state() != Authority.State.ENDED)
                .findFirst();
        if (same.isPresent()) {
            return same.get();
        }
        AuthorityRow row = new AuthorityRow();
        row.id = Ids.v7(clock);
        row.kind = claim.kind().name();
        row.activation = claim.activation().name();
        row.scope = ScopeJson.write(claim.scope()).toString();
        row.validFrom =
                claim.validity().from() == null ? now : claim.validity().from().truncatedTo(ChronoUnit.MICROS);
        row.validTo = claim.validity().until();
        row.registeredBy = actor;
        rows.add(row, claim.person(), now);
        AuthorityEvent first = event(row.id, 1, RecordedAuthority.Type.REGISTERED, actor, null);
        first.holderId = claim.holder() == null ? null : claim.holder().value();
        return added(claim.person(), first, now);
    }

    /**
     * The named one accepts.
     *
     * @throws FailureException CONFLICT when somebody holds it already or it has ended, INVALID for the person herself
     */
    public RecordedAuthority accept(UUID id, PersonId holder, String actor) {
        Instant now = now();
        RecordedAuthority current = locked(id);
        Guards.accept(current, holder);
        AuthorityEvent event = next(current, RecordedAuthority.Type.ACCEPTED, actor, null);
        event.holderId = holder.value();
        return added(current.person(), event, now);
    }

    /**
     * The operator has seen the evidence: the authority is in force from now on.
     *
     * @throws FailureException CONFLICT when it is suspended, ended or held by nobody; INVALID when the evidence is not enough for
     *     its kind
     */
    public RecordedAuthority verify(UUID id, Verification verification, String operator) {
        Instant now = now();
        RecordedAuthority current = locked(id);
        if (current.state() == Authority.State.IN_FORCE) {
            return current;
        }
        Life life = lifeEvents.life(current.person(), now);
        Guards.verify(current, verification, life, now);
        UUID seen = evidence.keep(current.person(), verification.evidence(), operator, now);
        if (current.kind().guardian() && !life.birthDateVerified()) {
            lifeEvents.birthDateSeen(current.person(), verification.evidence(), operator);
        }
        AuthorityEvent event = next(current, RecordedAuthority.Type.VERIFIED, operator, null);
        event.evidenceId = seen;
        event.reviewDue = Reviews.due(verification.reviewDue(), now);
        event.supervisorAppointedAt = verification.supervisorAppointedAt() == null
                ? null
                : verification.supervisorAppointedAt().truncatedTo(ChronoUnit.MICROS);
        event.courtRef = verification.courtReference();
        return added(current.person(), event, now);
    }

    /** Another look, with the next date. */
    public RecordedAuthority review(UUID id, @Nullable Instant due, @Nullable Evidence proof, String operator) {
        Instant now = now();
        RecordedAuthority current = locked(id);
        Guards.requireState(current, Authority.State.IN_FORCE);
        AuthorityEvent event = next(current, RecordedAuthority.Type.REVIEWED, operator, null);
        event.evidenceId = proof == null ? null : evidence.keep(current.person(), proof, operator, now);
        event.reviewDue = Reviews.due(due, now);
        return added(current.person(), event, now);
    }

    /** No access from the next decision on. Suspending twice is one event. */
    public RecordedAuthority suspend(UUID id, @Nullable String reason, @Nullable Evidence proof, String actor) {
        RecordedAuthority current = locked(id);
        if (current.state() == Authority.State.SUSPENDED) {
            return current;
        }
        Guards.requireState(current, Authority.State.REGISTERED, Authority.State.IN_FORCE);
        return changed(current, RecordedAuthority.Type.SUSPENDED, reason, proof, actor);
    }

    /** @throws FailureException CONFLICT when it is not suspended, or was never verified */
    public RecordedAuthority resume(UUID id, @Nullable String reason, @Nullable Evidence proof, String actor) {
        RecordedAuthority current = locked(id);
        if (current.state() == Authority.State.IN_FORCE) {
            return current;
        }
        Guards.requireState(current, Authority.State.SUSPENDED);
        boolean verified = current.everVerified();
        return changed(
                current,
                verified ? RecordedAuthority.Type.RESUMED : RecordedAuthority.Type.REGISTERED,
                reason,
                proof,
                actor);
    }

    /** For ever. Ending twice is one event. */
    public RecordedAuthority end(UUID id, @Nullable String reason, @Nullable Evidence proof, String actor) {
        RecordedAuthority current = locked(id);
        return current.state() == Authority.State.ENDED
                ? current
                : changed(current, RecordedAuthority.Type.ENDED, reason, proof, actor);
    }

    public Optional<RecordedAuthority> find(UUID id) {
        return rows.owner(id).flatMap(person -> in(rows.over(person, Instant.MAX), id));
    }

    /** Every authority over the person as far as it was known. */
    public List<RecordedAuthority> over(PersonId person, Instant known) {
        return rows.over(person, known);
    }

    /** What the person holds or held. */
    public List<RecordedAuthority> heldBy(PersonId holder) {
        return rows.personsOf(holder).stream()
                .flatMap(person -> between(holder, person).stream())
                .toList();
    }

    /** What waits for an operator, at most five hundred, longest waiting first. */
    public List<RecordedAuthority> waiting() {
        return rows.waiting(WAITING).stream()
                .flatMap(person -> rows.over(person, Instant.MAX).stream())
                .filter(authority -> authority.state() == Authority.State.REGISTERED)
                .toList();
    }

    /** Persons over whom there is an authority, a page in the order of their ids after one of them. */
    public List<PersonId> personsAfter(PersonId last, int most) {
        return rows.personsAfter(last.value(), most);
    }

    /** What the holder has over the person, in any state; the ones that work now come first. */
    public List<RecordedAuthority> between(PersonId holder, PersonId person) {
        List<RecordedAuthority> held = rows.over(person, Instant.MAX).stream()
                .filter(authority -> authority.heldBy(holder))
                .toList();
        if (held.size() < 2) {
            return held;
        }
        Instant now = now();
        Life life = lifeEvents.life(person, now);
        return held.stream()
                .sorted(Comparator.comparing(authority -> !works(authority, life, now)))
                .toList();
    }

    /** The authority under which the holder may act for the person now. */
    public Optional<RecordedAuthority> working(PersonId holder, PersonId person) {
        List<RecordedAuthority> held = between(holder, person);
        if (held.isEmpty()) {
            return Optional.empty();
        }
        Instant now = now();
        Life life = lifeEvents.life(person, now);
        return held.stream().filter(authority -> works(authority, life, now)).findFirst();
    }

    /** What the person decides alone, so that nothing about it is the holder's; empty at most ages. */
    public OwnSphere closedTo(RecordedAuthority authority) {
        Instant now = now();
        return spheres.closedTo(authority, lifeEvents.life(authority.person(), now), now);
    }

    /** Whether every row of the person still is what was written. */
    public boolean intact(PersonId person) {
        return rows.intact(person);
    }

    static boolean works(RecordedAuthority authority, Life life, Instant now) {
        return !life.addressProtected(now)
                && authority
                        .authority()
                        .filter(power -> power.inForce(now, life, AgeBands.JAPAN))
                        .isPresent();
    }

    private RecordedAuthority changed(
            RecordedAuthority current,
            RecordedAuthority.Type type,
            @Nullable String reason,
            @Nullable Evidence proof,
            String actor) {
        Instant now = now();
        AuthorityEvent event = next(current, type, actor, reason);
        event.evidenceId = proof == null ? null : evidence.keep(current.person(), proof, actor, now);
        return added(current.person(), event, now);
    }

    private RecordedAuthority added(PersonId person, AuthorityEvent event, Instant now) {
        rows.add(event, person, now);
        epochs.bump(person);
        return in(rows.over(person, Instant.MAX), event.authorityId).orElseThrow();
    }

    private RecordedAuthority locked(UUID id) {
        PersonId person = rows.owner(id).orElseThrow(Authorities::notFound);
        epochs.lock(person);
        return in(rows.over(person, Instant.MAX), id).orElseThrow(Authorities::notFound);
    }

    private static AuthorityEvent next(
            RecordedAuthority current, RecordedAuthority.Type type, String actor, @Nullable String reason) {
        return event(current.id(), current.events().size() + 1, type, actor, reason);
    }

    private static AuthorityEvent event(
            UUID id, int number, RecordedAuthority.Type type, String actor, @Nullable String reason) {
        AuthorityEvent event = new AuthorityEvent();
        event.authorityId = id;
        event.number = number;
        event.type = type.name();
        event.actor = actor;
        event.reason = reason;
        return event;
    }

    private static Optional<RecordedAuthority> in(List<RecordedAuthority> authorities, UUID id) {
        return authorities.stream()
                .filter(authority -> authority.id().equals(id))
                .findFirst();
    }

    private static FailureException notFound() {
        return Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
