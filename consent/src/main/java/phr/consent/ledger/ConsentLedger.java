package phr.consent.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;
import phr.consent.directive.Grantee;
import phr.consent.directive.State;
import phr.consent.evidence.PolicyText;
import phr.fhir.Ids;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;

/**
 * What a person and her proxies have decided, append only (consent-semantics.md §9, §10.1). Every change bumps her consent epoch in
 * its own transaction; changes of one person happen one after the other.
 */
@ApplicationScoped
public class ConsentLedger {

    private final ConsentEpochs epochs;
    private final LedgerRows rows;
    private final Mandates mandates;
    private final Limits limits;
    private final Clock clock;
    private final jakarta.enterprise.event.Event<ConsentChange> changes;

    ConsentLedger(
            ConsentEpochs epochs,
            LedgerRows rows,
            Mandates mandates,
            Limits limits,
            Clock clock,
            jakarta.enterprise.event.Event<ConsentChange> changes) {
        this.epochs = epochs;
        this.rows = rows;
        this.mandates = mandates;
        this.limits = limits;
        this.clock = clock;
        this.changes = changes;
    }

    /** Finds the country of the party that a grantee names; null when it is unknown (L-15). */
    @FunctionalInterface
    public interface Countries {

        Countries UNKNOWN = grantee -> null;

        @Nullable
        String of(Grantee grantee);

        /** Whether the party is a linkage, so that a permit to contribute lasts one window at most (§12). */
        default boolean linkage(Grantee grantee) {
            return false;
        }
    }

    /**
     * Records a new directive. It is in force at once, or PROPOSED while somebody else's yes is missing (§10.2, §11).
     *
     * @param draft without id
     * @throws FailureException INVALID with located issues when the lint refuses it or the person has too many; FORBIDDEN when the
     *     actor may not
     */
    @Transactional
    public Recorded grant(PersonId person, Directive draft, Countries countries, Act act) {
        return create(person, draft, countries, act, null);
    }

    /**
     * Records a permit that opens nothing until the person confirms it: one that another provider sent (§17.2).
     *
     * @throws FailureException as {@link #grant}
     */
    @Transactional
    public Recorded arrive(PersonId person, Directive draft, Countries countries, Act act) {
        return create(person, draft, countries, act, Event.Type.RECONSENT_ASKED);
    }

    private Recorded create(
            PersonId person, Directive draft, Countries countries, Act act, Event.@Nullable Type waiting) {
        Instant now = now();
        Directive given = Drafts.by(Drafts.unnamed(draft), act);
        List<Issue> warnings = Drafts.require(given, countries, now);
        epochs.lock(person);
        limits.requireRoom(person, now);
        mandates.write(person, given, act, now);
        UUID id = Ids.v7(clock);
        boolean open = mandates.open(person, given, act, List.of(), now).isEmpty();
        Event.Type first = open ? Event.Type.GRANTED : Event.Type.PROPOSED;
        rows.add(person, id, 1, given, act, now);
        rows.add(person, id, 1, 1, waiting == null ? first : waiting, act, null, now);
        return recorded(person, id, null, now).withWarnings(warnings);
    }

    /**
     * Records new content as the next version. A revoked or expired directive comes into force again by it.
     *
     * @throws FailureException NOT_FOUND, STALE when the expected version is not the current one, INVALID by the lint, FORBIDDEN
     *     when the actor may not, CONFLICT when somebody else would have to agree
     */
    @Transactional
    public Recorded amend(
            PersonId person, UUID id, int expectedVersion, Directive draft, Countries countries, Act act) {
        Instant now = now();
        Directive given = Drafts.by(Drafts.named(draft, id), act);
        List<Issue> warnings = Drafts.require(given, countries, now);
        epochs.lock(person);
        Recorded current = read(person, id, now);
        if (current.directive().version() != expectedVersion) {
            throw Failure.of(Category.STALE, "CS-1", "the directive has changed meanwhile")
                    .exception();
        }
        mandates.change(person, current, true, act, now);
        mandates.write(person, given, act, now);
        if (!mandates.open(person, given, act, List.of(), now).isEmpty()) {
            throw conflict("others must agree to this; give it as a new directive");
        }
        boolean active = current.directive().state() == State.ACTIVE;
        return next(current, given, active ? Event.Type.AMENDED : Event.Type.GRANTED, act, now)
                .withWarnings(warnings);
    }

    /**
     * Revokes; revoking again changes nothing and gives the same answer.
     *
     * @param reason in the person's words, may be missing
     * @throws FailureException NOT_FOUND, FORBIDDEN when a proxy may not
     */
    @Transactional
    public Recorded revoke(PersonId person, UUID id, @Nullable String reason, Act act) {
        Instant now = now();
        epochs.lock(person);
        Recorded current = read(person, id, now);
        State state = current.directive().state();
        if (state == State.REVOKED || state == State.REFUSED || state == State.ENTERED_IN_ERROR) {
            return current;
        }
        mandates.change(person, current, !current.directive().effect().permits(), act, now);
        return happened(current, state == State.PROPOSED ? Event.Type.REFUSED : Event.Type.REVOKED, act, reason, now);
    }

    /**
     * The person confirms, on the policy text of today, a permit that waits for her: it becomes her own, as the next version.
     *
     * @param draft what she confirms: the same content, or less of it
     * @throws FailureException NOT_FOUND, CONFLICT when nothing waits, FORBIDDEN for a proxy, INVALID by the lint
     */
    @Transactional
    public Recorded reconsent(PersonId person, UUID id, Directive draft, Countries countries, Act act) {
        Instant now = now();
        if (!act.self()) {
            throw Failure.of(Category.FORBIDDEN, "CS-10", "only the person herself confirms")
                    .exception();
        }
        Directive own = Drafts.by(Drafts.named(draft, id), act);
        List<Issue> warnings = Drafts.require(own, countries, now);
        epochs.lock(person);
        Recorded current = standing(read(person, id, now), mandates.standing(person, now, now));
        if (current.directive().state() != State.PENDING_RECONSENT) {
            throw conflict("nothing waits for her here");
        }
        mandates.write(person, own, act, now);
        return next(current, own, Event.Type.RECONSENTED, act, now).withWarnings(warnings);
    }

    /**
     * Says yes to a proposal of somebody else: another holder of authority, or the child. In force when no yes is missing.
     *
     * @throws FailureException NOT_FOUND, CONFLICT when it is no proposal, FORBIDDEN
     */
    @Transactional
    public Recorded agree(PersonId person, UUID id, boolean assent, Act act) {
        Instant now = now();
        epochs.lock(person);
        Recorded current = read(person, id, now);
        if (current.directive().state() != State.PROPOSED) {
            throw conflict("it is no proposal");
        }
        if (!act.self()) {
            mandates.write(person, current.directive(), act, now);
        }
        Event.Type yes = assent || act.self() ? Event.Type.ASSENTED : Event.Type.COSIGNED;
        rows.add(current, yes, act, null, now);
        Recorded agreed = read(person, id, now);
        if (mandates.open(person, agreed.directive(), act, agreed.events(), now).isEmpty()) {
            return happened(agreed, Event.Type.GRANTED, act, null, now);
        }
        epochs.bump(person);
        return agreed;
    }

    /**
     * A change of state that is neither the person's nor a proxy's: given back by its recipient, suspended, resumed, confirmation
     * asked, entered in error. The caller has checked who asks.
     *
     * @throws FailureException NOT_FOUND; CONFLICT when it cannot follow the present state
     */
    @Transactional
    public Recorded change(PersonId person, UUID id, Event.Type type, @Nullable String reason, Act act) {
        Instant now = now();
        epochs.lock(person);
        Recorded current = read(person, id, now);
        return switch (Transition.of(current.directive(), type)) {
            case SAME -> current;
            case IMPOSSIBLE -> throw conflict("its state does not allow this");
            case NEXT -> happened(current, type, act, reason, now);
        };
    }

    /**
     * The policy text that is shown now.
     *
     * @throws FailureException INVALID when there is none in this language (L-14)
     */
    @Transactional
    public Notice notice(String language) {
        return Notice.of(PolicyText.shown(language, now()));
    }

    /** The current version of every directive of the person, oldest first, in the state it has now. */
    @Transactional
    public List<Recorded> list(PersonId person) {
        Instant now = now();
        return asOf(person, now, now);
    }

    @Transactional
    public Optional<Recorded> find(PersonId person, UUID id) {
        Instant now = now();
        return rows.of(person, now)
                .current(id, now)
                .map(recorded -> standing(recorded, mandates.standing(person, now, now)));
    }

    /** Whose directive it is. */
    @Transactional
    public Optional<PersonId> owner(UUID id) {
        return rows.owner(id);
    }

    /** Every version, oldest first. */
    @Transactional
    public List<Recorded> history(PersonId person) {
        Instant now = now();
        return rows.of(person, now).all(now);
    }

    /**
     * What was in force. What a stage of life lets wait or freezes shows so, though nothing was written (§11).
     *
     * @param at validity and stage of life are judged at this time
     * @param known nothing recorded later counts
     */
    @Transactional
    public List<Recorded> asOf(PersonId person, Instant at, Instant known) {
        Function<Directive, State> states = mandates.standing(person, at, known);
        return rows.of(person, known).current(at).stream()
                .map(recorded -> standing(recorded, states))
                .toList();
    }

    /** What can take part in a decision now or later, for the engine. The epoch must have been read before. */
    @Transactional
    public List<Directive> acting(PersonId person, Instant now) {
        return rows.acting(person, now);
    }

    /** Every current directive as it is recorded, for those who explain what the stage of life does to it. */
    @Transactional
    public List<Directive> recorded(PersonId person, Instant now) {
        return rows.of(person, now).current(now).stream()
                .map(Recorded::directive)
                .toList();
    }

    /** Whether every row of the person still is what was written, in the order it was written. */
    @Transactional
    public boolean intact(PersonId person) {
        return rows.intact(person);
    }

    private Recorded next(Recorded current, Directive draft, Event.Type type, Act act, Instant now) {
        PersonId person = current.person();
        UUID id = UUID.fromString(current.directive().id());
        int version = current.directive().version() + 1;
        limits.requireVersions(person);
        rows.add(person, id, version, draft, act, now);
        rows.add(person, id, version, current.events().size() + 1, type, act, null, now);
        return recorded(person, id, current.directive(), now);
    }

    private Recorded happened(Recorded current, Event.Type type, Act act, @Nullable String reason, Instant now) {
        rows.add(current, type, act, reason, now);
        UUID id = UUID.fromString(current.directive().id());
        return recorded(current.person(), id, current.directive(), now);
    }

    /** Told inside the transaction: what observers write is committed with the change or not at all. */
    private Recorded recorded(PersonId person, UUID id, @Nullable Directive before, Instant now) {
        epochs.bump(person);
        Recorded after = read(person, id, now);
        ConsentChange.between(before, after).ifPresent(changes::fire);
        return after;
    }

    private Recorded read(PersonId person, UUID id, Instant now) {
        return rows.of(person, Instant.MAX).current(id, now).orElseThrow(() -> Failure.of(
                        Category.NOT_FOUND, "CS-1", "no such directive")
                .exception());
    }

    private static Recorded standing(Recorded recorded, Function<Directive, State> states) {
        return recorded.as(states.apply(recorded.directive()));
    }

    private static FailureException conflict(String text) {
        return Failure.of(Category.CONFLICT, "CS-1", text).exception();
    }

    private Instant now() {
        return Drafts.micros(clock.instant());
    }
}
