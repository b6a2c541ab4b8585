package phr.consent.request;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveWriter;
import phr.consent.directive.Grantor;
import phr.consent.directive.Narrower;
import phr.consent.directive.State;
import phr.consent.ledger.Act;
import phr.consent.ledger.ConsentEpochs;
import phr.consent.ledger.ConsentLedger;
import phr.consent.ledger.ConsentLedger.Countries;
import phr.consent.ledger.Event;
import phr.consent.ledger.Recorded;
import phr.consent.lifecourse.AgeBands;
import phr.consent.lifecourse.Life;
import phr.consent.lifeevent.LifeEvents;
import phr.fhir.Ids;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;

/**
 * Permits that wait for the person (PENDING_RECONSENT, consent-semantics.md §10.1, §11): given by a guardian before majority, or brought from
 * another provider. She confirms each by itself, as it is or narrower, or refuses it; until then it opens nothing.
 */
@ApplicationScoped
public class Reconsents {

    private final ConsentLedger ledger;
    private final LifeEvents lifeEvents;
    private final ConsentEpochs epochs;
    private final Clock clock;

    Reconsents(ConsentLedger ledger, LifeEvents lifeEvents, ConsentEpochs epochs, Clock clock) {
        this.ledger = ledger;
        this.lifeEvents = lifeEvents;
        this.epochs = epochs;
        this.clock = clock;
    }

    /** Why a permit waits. */
    public enum Cause {
        /** A guardian gave it, and the person has come of age. */
        MAJORITY,
        /** Who gave it has lost custody. */
        CUSTODY,
        /** Another provider sent it. */
        TRANSFER
    }

    /**
     * A permit of her own ledger that waits.
     *
     * @param until silence ends it then
     * @param bridge until when it still opens what it opened for treatment; null: it opens nothing
     */
    public record Waiting(
            Recorded permit,
            Cause cause,
            Instant until,
            @Nullable Instant bridge) {}

    /** Permits of her own ledger that wait. */
    @Transactional
    public List<Waiting> waiting(PersonId person) {
        Life life = lifeEvents.life(person, clock.instant());
        return ledger.list(person).stream()
                .filter(recorded -> recorded.directive().state() == State.PENDING_RECONSENT)
                .map(recorded -> waiting(recorded, life))
                .toList();
    }

    /** Which permits from elsewhere she has answered: the directive when confirmed, empty when refused. */
    @Transactional
    public Map<UUID, Optional<UUID>> answered(PersonId person) {
        return ReconsentRow.ofPerson(person.value()).stream()
                .collect(Collectors.toMap(row -> row.pendingId, row -> Optional.ofNullable(row.directiveId)));
    }

    /**
     * Confirms a permit of her own ledger: its next version, granted by herself. The second time it answers the version of the first.
     *
     * @param narrower null: as it is
     * @throws phr.fhir.failure.FailureException NOT_FOUND; CONFLICT when it does not wait any more; INVALID, located, when it would be
     *     wider
     */
    @Transactional
    public Recorded confirm(PersonId person, UUID id, @Nullable Directive narrower, Countries countries, Act act) {
        epochs.lock(person);
        Recorded current = find(person, id);
        if (confirmed(current) && (narrower == null || same(narrower, current))) {
            return current;
        }
        requireWaiting(current);
        Directive draft = draft(current.directive(), narrower);
        return Placed.under(Placed.DIRECTIVE, () -> ledger.reconsent(person, id, draft, countries, act));
    }

    /**
     * Refuses a permit of her own ledger, which revokes it. The second time, and when it has lapsed, nothing changes.
     *
     * @throws phr.fhir.failure.FailureException NOT_FOUND; CONFLICT when she has confirmed it
     */
    @Transactional
    public Recorded refuse(PersonId person, UUID id, @Nullable String reason, Act act) {
        epochs.lock(person);
        Recorded current = find(person, id);
        if (current.directive().state() == State.REVOKED) {
            return current;
        }
        requireWaiting(current);
        return ledger.revoke(person, id, reason, act);
    }

    /**
     * Confirms a permit from elsewhere; the second time it answers the directive of the first.
     *
     * @param pending what the answer is remembered by
     * @throws phr.fhir.failure.FailureException as above; CONFLICT when she has refused it
     */
    @Transactional
    public Recorded confirm(
            PersonId person,
            UUID pending,
            Directive arrived,
            @Nullable Directive narrower,
            Countries countries,
            Act act) {
        epochs.lock(person);
        Optional<UUID> before = answered(person).get(pending);
        if (before != null) {
            return before.flatMap(id -> ledger.find(person, id))
                    .orElseThrow(() -> conflict("the permit has been refused"));
        }
        Directive draft = draft(arrived, narrower);
        Recorded granted =
                Placed.under(Placed.DIRECTIVE, () -> ledger.grant(person, draft, countries, act.on(pending)));
        add(person, pending, UUID.fromString(granted.directive().id()), act.actor());
        return granted;
    }

    /** @throws phr.fhir.failure.FailureException CONFLICT when she has confirmed it: then it is revoked */
    @Transactional
    public void refuse(PersonId person, UUID pending, String actor) {
        epochs.lock(person);
        Optional<UUID> before = answered(person).get(pending);
        if (before == null) {
            add(person, pending, null, actor);
        } else if (before.isPresent()) {
            throw conflict("the permit has been confirmed; revoke it instead");
        }
    }

    /** Whether every row of the person still is what was written, in the order it was written. */
    @Transactional
    public boolean intact(PersonId person) {
        return ChainedRow.intact(ReconsentRow.ofPerson(person.value()));
    }

    private static Waiting waiting(Recorded recorded, Life life) {
        Optional<Event> asked = recorded.events().stream()
                .filter(event -> event.version() == recorded.directive().version())
                .filter(event -> event.type() == Event.Type.RECONSENT_ASKED)
                .reduce((first, second) -> second);
        Instant until = AgeBands.JAPAN.waitsUntil(asked.map(Event::recordedAt)
                .or(() -> life.majority(AgeBands.JAPAN))
                .orElseThrow());
        if (asked.isEmpty()) {
            Instant bridge = life.bridgeEnd(AgeBands.JAPAN).orElse(null);
            return new Waiting(recorded, Cause.MAJORITY, until, bridge);
        }
        boolean herOwn = recorded.directive().grantor().authority() == null;
        return new Waiting(recorded, herOwn ? Cause.TRANSFER : Cause.CUSTODY, until, null);
    }

    private Recorded find(PersonId person, UUID id) {
        return ledger.find(person, id).orElseThrow(() -> Failure.of(Category.NOT_FOUND, "not-found", "not found")
                .exception());
    }

    private static boolean confirmed(Recorded current) {
        Event last = current.events().get(current.events().size() - 1);
        return last.type() == Event.Type.RECONSENTED;
    }

    private static boolean same(Directive draft, Recorded current) {
        return DirectiveWriter.bodyHash(draft).equals(current.bodySha256());
    }

    private static void requireWaiting(Recorded current) {
        if (current.directive().state() != State.PENDING_RECONSENT) {
            throw conflict(
                    confirmed(current)
                            ? "the permit has been confirmed; revoke it instead"
                            : "the permit does not wait any more");
        }
    }

    private static FailureException conflict(String text) {
        return Failure.of(Category.CONFLICT, "answered", text).exception();
    }

    private Directive draft(Directive waiting, @Nullable Directive narrower) {
        Directive draft = narrower == null ? byHerself(waiting) : narrower;
        List<Issue> wider = Narrower.beyond(waiting, draft, clock.instant());
        if (!wider.isEmpty()) {
            throw new Failure(Category.INVALID, Placed.under(Placed.DIRECTIVE, wider)).exception();
        }
        return draft;
    }

    private static Directive byHerself(Directive waiting) {
        return new Directive(
                "",
                1,
                State.ACTIVE,
                waiting.effect(),
                waiting.phase(),
                waiting.base(),
                waiting.exceptions(),
                waiting.conditions(),
                waiting.emergency(),
                Grantor.SELF);
    }

    private void add(PersonId person, UUID pending, @Nullable UUID directive, String actor) {
        List<ReconsentRow> rows = ReconsentRow.ofPerson(person.value());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        ReconsentRow row = new ReconsentRow();
        row.id = Ids.v7(clock);
        row.personId = person.value();
        row.pendingId = pending;
        row.confirmed = directive != null;
        row.directiveId = directive;
        row.actor = actor;
        row.recordedAt = now;
        row.persistAfter(rows.isEmpty() ? null : rows.get(rows.size() - 1));
    }
}
