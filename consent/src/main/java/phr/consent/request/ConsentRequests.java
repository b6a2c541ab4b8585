package phr.consent.request;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveWriter;
import phr.consent.directive.Grantee;
import phr.consent.directive.Narrower;
import phr.consent.directive.State;
import phr.consent.ledger.Act;
import phr.consent.ledger.ConsentEpochs;
import phr.consent.ledger.ConsentLedger;
import phr.consent.ledger.ConsentLedger.Countries;
import phr.consent.ledger.Mandates;
import phr.consent.ledger.Notice;
import phr.consent.ledger.Recorded;
import phr.fhir.Ids;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;

/**
 * Requests and their answers. Who may call what is checked by the caller; a request is answered once, under the lock of the person, so
 * of an approval and a withdrawal at the same moment one wins.
 */
@ApplicationScoped
public class ConsentRequests {

    /** Open at the same time, per organisation and person. */
    public static final int OPEN_AT_MOST = 5;

    private static final Duration USUAL = Duration.ofDays(14);

    private final RequestRows rows;
    private final BlockList blocks;
    private final ConsentLedger ledger;
    private final Mandates mandates;
    private final ConsentEpochs epochs;
    private final Clock clock;

    ConsentRequests(
            RequestRows rows,
            BlockList blocks,
            ConsentLedger ledger,
            Mandates mandates,
            ConsentEpochs epochs,
            Clock clock) {
        this.rows = rows;
        this.blocks = blocks;
        this.ledger = ledger;
        this.mandates = mandates;
        this.epochs = epochs;
        this.clock = clock;
    }

    /**
     * An approved request and the permit it led to.
     *
     * @param changed false when this approval said nothing new
     */
    public record Approved(ConsentRequest request, Recorded permit, boolean changed) {}

    /**
     * Puts a question to a person.
     *
     * @param own whether a grantee is the requester itself
     * @throws FailureException INVALID with located findings; FORBIDDEN when the person does not want to be asked; CONFLICT when too
     *     many questions of the organisation are open
     */
    @Transactional
    public ConsentRequest ask(PersonId person, Question question, Predicate<Grantee> own, Countries countries) {
        Instant now = now();
        QuestionLint.require(question, own, now, countries);
        Notice notice = ledger.notice(question.language());
        epochs.lock(person);
        if (blocks.of(person).contains(question.requester())) {
            throw Failure.of(Category.FORBIDDEN, "blocked", "the person does not want to be asked by this organisation")
                    .exception();
        }
        long open = rows.by(question.requester(), person, now).stream()
                .filter(request -> request.is(RequestStatus.OPEN))
                .count();
        if (open >= OPEN_AT_MOST) {
            throw conflict("too-many-open", "as many questions as allowed are open; await an answer or withdraw one");
        }
        UUID id = Ids.v7(clock);
        Instant expiresAt = question.expiresAt() == null
                ? now.plus(USUAL)
                : question.expiresAt().truncatedTo(ChronoUnit.MICROS);
        rows.add(person, id, question, notice, now, expiresAt);
        return require(id);
    }

    /** To the person, oldest first. */
    @Transactional
    public List<ConsentRequest> to(PersonId person) {
        return rows.to(person, now());
    }

    /** The newest by the organisation, newest first; of one person when given. */
    @Transactional
    public List<ConsentRequest> by(String requester, @Nullable PersonId person) {
        return rows.by(requester, person, now());
    }

    @Transactional
    public Optional<ConsentRequest> find(UUID id) {
        return rows.find(id, now());
    }

    /**
     * Grants what was asked, or less. A second approval with the same content changes nothing and gives the same answer, unless it
     * is the yes that somebody else's approval still waits for.
     *
     * @param narrower null: as asked
     * @throws FailureException CONFLICT when the request is over; INVALID, located, when more is granted than was asked
     */
    @Transactional
    public Approved approve(UUID id, @Nullable Directive narrower, Countries countries, Act act) {
        ConsentRequest request = locked(id);
        if (request.is(RequestStatus.APPROVED)) {
            return again(request, narrower, act);
        }
        requireOpen(request);
        Instant now = now();
        Directive granted = narrower == null ? request.directive() : narrower;
        List<Issue> wider = Narrower.beyond(request.directive(), granted, now);
        if (!wider.isEmpty()) {
            throw new Failure(Category.INVALID, Placed.under(Placed.DIRECTIVE, wider)).exception();
        }
        Recorded permit = Placed.under(
                Placed.DIRECTIVE, () -> ledger.grant(request.person(), granted, countries, act.on(request.id())));
        rows.add(request, RequestStatus.APPROVED, act.actor(), null, permit, now);
        return new Approved(require(id), permit, true);
    }

    /**
     * Refuses; also what has lapsed, which changes nothing.
     *
     * @param reason in the person's words; never shown to the requester
     * @throws FailureException CONFLICT when it was approved or withdrawn; FORBIDDEN for a proxy who has not the power
     */
    @Transactional
    public ConsentRequest refuse(UUID id, @Nullable String reason, Act act) {
        ConsentRequest request = locked(id);
        mandates.refuse(request.person(), request.directive(), act, now());
        return end(request, RequestStatus.REFUSED, reason, act.actor());
    }

    /**
     * Takes a question back.
     *
     * @throws FailureException CONFLICT when it was answered
     */
    @Transactional
    public ConsentRequest withdraw(UUID id, String actor) {
        return end(locked(id), RequestStatus.WITHDRAWN, null, actor);
    }

    /** What the person is told beside the question (§17.4). */
    @Transactional
    public List<Issue> warnings(ConsentRequest request, List<ConsentRequest> all, Countries countries) {
        boolean again = all.stream()
                .filter(other -> !other.id().equals(request.id()) && other.is(RequestStatus.OPEN))
                .filter(other ->
                        other.question().requester().equals(request.question().requester()))
                .anyMatch(other -> purposes(other).equals(purposes(request)));
        return QuestionLint.warnings(request.question(), again, now(), countries);
    }

    /** Whether every row of the person still is what was written, in the order it was written. */
    @Transactional
    public boolean intact(PersonId person) {
        return rows.intact(person);
    }

    private ConsentRequest end(ConsentRequest request, RequestStatus type, @Nullable String reason, String actor) {
        if (request.is(type) || request.is(RequestStatus.LAPSED)) {
            return request;
        }
        requireOpen(request);
        rows.add(request, type, actor, reason, null, now());
        return require(request.id());
    }

    private Approved again(ConsentRequest request, @Nullable Directive narrower, Act act) {
        UUID directive = Objects.requireNonNull(
                request.answer() == null ? null : request.answer().directive());
        Recorded permit = ledger.find(request.person(), directive).orElseThrow();
        if (narrower != null && !DirectiveWriter.bodyHash(narrower).equals(permit.bodySha256())) {
            throw conflict("answered", "the request has been approved with other content");
        }
        boolean awaited = permit.directive().state() == State.PROPOSED
                && !permit.directive().grantor().equals(act.grantor());
        Recorded after = awaited ? ledger.agree(request.person(), directive, false, act) : permit;
        return new Approved(request, after, awaited);
    }

    private static void requireOpen(ConsentRequest request) {
        if (request.is(RequestStatus.LAPSED)) {
            throw conflict("lapsed", "the request expired without an answer, which is a refusal");
        }
        if (!request.is(RequestStatus.OPEN)) {
            throw conflict("answered", "the request has been answered or withdrawn");
        }
    }

    /** Read after the lock, so nobody answers in between. */
    private ConsentRequest locked(UUID id) {
        RequestRow row = RequestRow.findById(id);
        if (row == null) {
            throw Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
        }
        epochs.lock(new PersonId(row.personId));
        return require(id);
    }

    private ConsentRequest require(UUID id) {
        return rows.find(id, now()).orElseThrow();
    }

    private static Set<String> purposes(ConsentRequest request) {
        Set<String> purposes = request.directive().base().purposes();
        return purposes == null ? Set.of() : purposes;
    }

    private static FailureException conflict(String rule, String text) {
        return Failure.of(Category.CONFLICT, rule, text).exception();
    }

    /** As exact as the database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
