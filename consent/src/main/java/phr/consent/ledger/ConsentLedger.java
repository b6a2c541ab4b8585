package phr.consent.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveLint;
import phr.consent.directive.Grantee;
import phr.consent.directive.Grantor;
import phr.consent.directive.State;
import phr.consent.engine.Policy;
import phr.fhir.Ids;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;

/**
 * What a person has decided, append only (consent-semantics.md §9, §10.1). Every change bumps her consent epoch in its own
 * transaction; changes of one person happen one after the other.
 */
@ApplicationScoped
public class ConsentLedger {

    private final ConsentEpochs epochs;
    private final LedgerRows rows;
    private final Clock clock;
    private final jakarta.enterprise.event.Event<ConsentChange> changes;

    ConsentLedger(
            ConsentEpochs epochs, LedgerRows rows, Clock clock, jakarta.enterprise.event.Event<ConsentChange> changes) {
        this.epochs = epochs;
        this.rows = rows;
        this.clock = clock;
        this.changes = changes;
    }

    /** Finds the country of the party that a grantee names; null when it is unknown (L-15). */
    @FunctionalInterface
    public interface Countries {

        Countries UNKNOWN = grantee -> null;

        @Nullable
        String of(Grantee grantee);
    }

    /**
     * Records a new directive.
     *
     * @param draft without id
     * @throws FailureException INVALID with located issues when the lint refuses it
     */
    @Transactional
    public Recorded grant(PersonId person, Directive draft, Countries countries, Act act) {
        Instant now = now();
        if (!draft.id().isEmpty()) {
            throw invalid("the id is given by the ledger", "/id");
        }
        List<Issue> warnings = require(draft, countries, now);
        epochs.lock(person.value());
        UUID id = Ids.v7(clock);
        rows.add(person, id, 1, draft, act, now);
        rows.add(person, id, 1, 1, Event.Type.GRANTED, act, null, now);
        epochs.bump(person);
        return told(ConsentChange.Kind.GRANTED, read(person, id), null).withWarnings(warnings);
    }

    /**
     * Records new content as the next version. A revoked or expired directive comes into force again by it.
     *
     * @throws FailureException NOT_FOUND, STALE when the expected version is not the current one, INVALID by the lint
     */
    @Transactional
    public Recorded amend(
            PersonId person, UUID id, int expectedVersion, Directive draft, Countries countries, Act act) {
        Instant now = now();
        List<Issue> warnings = require(draft, countries, now);
        epochs.lock(person.value());
        Recorded current = read(person, id);
        if (!draft.id().isEmpty() && !draft.id().equals(id.toString())) {
            throw invalid("is not the directive of this address", "/id");
        }
        int version = current.directive().version();
        if (version != expectedVersion) {
            throw Failure.of(Category.STALE, "CS-1", "the directive has changed meanwhile")
                    .exception();
        }
        boolean active = current.directive().state() == State.ACTIVE;
        rows.add(person, id, version + 1, draft, act, now);
        rows.add(
                person,
                id,
                version + 1,
                current.events().size() + 1,
                active ? Event.Type.AMENDED : Event.Type.GRANTED,
                act,
                null,
                now);
        epochs.bump(person);
        ConsentChange.Kind kind = active ? ConsentChange.Kind.CHANGED : ConsentChange.Kind.GRANTED;
        return told(kind, read(person, id), current.directive()).withWarnings(warnings);
    }

    /**
     * Revokes; revoking again changes nothing and gives the same answer.
     *
     * @param reason in the person's words, may be missing
     * @throws FailureException NOT_FOUND
     */
    @Transactional
    public Recorded revoke(PersonId person, UUID id, @Nullable String reason, Act act) {
        epochs.lock(person.value());
        Recorded current = read(person, id);
        if (current.directive().state() == State.REVOKED) {
            return current;
        }
        int seq = current.events().size() + 1;
        rows.add(person, id, current.directive().version(), seq, Event.Type.REVOKED, act, reason, now());
        epochs.bump(person);
        return told(ConsentChange.Kind.REVOKED, read(person, id), current.directive());
    }

    /**
     * The policy text that is shown now.
     *
     * @throws FailureException INVALID when there is none in this language (L-14)
     */
    @Transactional
    public Notice notice(String language) {
        return PolicyText.shown(language, now()).notice();
    }

    /** The current version of every directive of the person, oldest first. */
    @Transactional
    public List<Recorded> list(PersonId person) {
        Instant now = now();
        return rows.of(person, now).current(now);
    }

    @Transactional
    public Optional<Recorded> find(PersonId person, UUID id) {
        Instant now = now();
        return rows.of(person, now).current(id, now);
    }

    /** Every version, oldest first. */
    @Transactional
    public List<Recorded> history(PersonId person) {
        Instant now = now();
        return rows.of(person, now).all(now);
    }

    /**
     * What was in force.
     *
     * @param at validity is judged at this time
     * @param known nothing recorded later counts
     */
    @Transactional
    public List<Recorded> asOf(PersonId person, Instant at, Instant known) {
        return rows.of(person, known).current(at);
    }

    /** For the engine. The epoch must have been read before. */
    @Transactional
    Policy policy(PersonId person, long epoch, Instant now) {
        List<Directive> directives = rows.of(person, Instant.MAX).current(now).stream()
                .map(Recorded::directive)
                .toList();
        return new Policy(person, epoch, directives);
    }

    /** Whether every row of the person still is what was written, in the order it was written. */
    @Transactional
    public boolean intact(PersonId person) {
        return rows.intact(person);
    }

    private Recorded told(ConsentChange.Kind kind, Recorded after, @Nullable Directive before) {
        changes.fire(new ConsentChange(kind, after, before));
        return after;
    }

    private Recorded read(PersonId person, UUID id) {
        return rows.of(person, Instant.MAX).current(id, now()).orElseThrow(() -> Failure.of(
                        Category.NOT_FOUND, "CS-1", "no such directive")
                .exception());
    }

    private static List<Issue> require(Directive draft, Countries countries, Instant now) {
        if (draft.state() != State.ACTIVE) {
            throw invalid("a directive is written in force", "/state");
        }
        if (draft.grantor().capacity() != Grantor.Capacity.SELF) {
            throw Failure.of(Category.INVALID, "L-3", "no authority in force allows this", "/grantor")
                    .exception();
        }
        return DirectiveLint.require(draft, now, countries::of);
    }

    private static FailureException invalid(String text, String pointer) {
        return Failure.of(Category.INVALID, "CS-1", text, pointer).exception();
    }

    /** As exact as the database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
