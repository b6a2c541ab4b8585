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
import phr.consent.directive.Grantor;
import phr.consent.directive.Narrower;
import phr.consent.directive.State;
import phr.consent.ledger.Act;
import phr.consent.ledger.ConsentEpochs;
import phr.consent.ledger.ConsentLedger;
import phr.consent.ledger.ConsentLedger.Countries;
import phr.consent.ledger.Recorded;
import phr.fhir.Ids;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.Issue;

/**
 * Permits that wait for the person (PENDING_RECONSENT, consent-semantics.md §10.1, §11): given by a guardian before majority, or brought from
 * another provider. She confirms each by itself, as it is or narrower, or refuses it; until then it opens nothing.
 */
@ApplicationScoped
public class Reconsents {

    private final ConsentLedger ledger;
    private final ConsentEpochs epochs;
    private final Clock clock;

    Reconsents(ConsentLedger ledger, ConsentEpochs epochs, Clock clock) {
        this.ledger = ledger;
        this.epochs = epochs;
        this.clock = clock;
    }

    /** Permits of her own ledger that wait. */
    @Transactional
    public List<Recorded> waiting(PersonId person) {
        return ledger.list(person).stream()
                .filter(recorded -> recorded.directive().state() == State.PENDING_RECONSENT)
                .toList();
    }

    /** Which permits from elsewhere she has answered: the directive when confirmed, empty when refused. */
    @Transactional
    public Map<UUID, Optional<UUID>> answered(PersonId person) {
        return ReconsentRow.ofPerson(person.value()).stream()
                .collect(Collectors.toMap(row -> row.pendingId, row -> Optional.ofNullable(row.directiveId)));
    }

    /**
     * Confirms a permit of her own ledger: its next version, granted by herself.
     *
     * @param narrower null: as it is
     * @throws phr.fhir.failure.FailureException INVALID, located, when it would be wider
     */
    @Transactional
    public Recorded confirm(
            PersonId person, Recorded waiting, @Nullable Directive narrower, Countries countries, Act act) {
        Directive draft = draft(waiting.directive(), narrower);
        UUID id = UUID.fromString(waiting.directive().id());
        return Placed.under(
                Placed.DIRECTIVE,
                () -> ledger.amend(person, id, waiting.directive().version(), draft, countries, act));
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
                    .orElseThrow(() -> Failure.of(Category.CONFLICT, "answered", "the permit has been refused")
                            .exception());
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
            throw Failure.of(Category.CONFLICT, "answered", "the permit has been confirmed; revoke it instead")
                    .exception();
        }
    }

    /** Whether every row of the person still is what was written, in the order it was written. */
    @Transactional
    public boolean intact(PersonId person) {
        return ChainedRow.intact(ReconsentRow.ofPerson(person.value()));
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
