package phr.gateway.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import phr.consent.AccessRequest;
import phr.consent.Action;
import phr.consent.Capacity;
import phr.consent.ClientApp;
import phr.consent.ConsentGate;
import phr.consent.Denial;
import phr.consent.Grant;
import phr.consent.Party;
import phr.consent.Permit;
import phr.consent.PermitIssuer;
import phr.consent.Predicate;
import phr.consent.StalePermitException;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;
import phr.gateway.audit.AccessEvent;
import phr.gateway.audit.AccessEvent.Outcome;
import phr.gateway.caller.Caller;

class EnforcementTest {

    private static final AccessRequest REQUEST = new AccessRequest(
            new PersonId(UUID.fromString("018f0000-0000-7000-8000-000000000001")),
            new ClientApp("sakura-viewer", false, true, null),
            "subject",
            false,
            new Party("Organization/sakura-clinic", Set.of("sakura-clinic"), Set.of(), "JP"),
            Set.of(),
            Capacity.RECIPIENT,
            List.of("TREAT"),
            Action.READ);

    private static final Caller CALLER = new Caller(
            "sakura-viewer",
            "https://issuer.example",
            "subject",
            "佐藤 健一",
            "sakura-clinic",
            Set.of(),
            Set.of(),
            List.of("TREAT"),
            false,
            new Caller.Profile(null, null, null, null));

    private final List<AccessEvent> log = new ArrayList<>();
    private final List<Permit> made = new ArrayList<>();

    @Test
    void a_permit_runs_the_work_and_leaves_one_entry() {
        assertEquals("done", decide(this::permit, permit -> "done"));
        assertEquals(1, log.size());
        AccessEvent entry = log.get(0);
        assertEquals(Outcome.PERMIT, entry.outcome());
        assertEquals("CONSENT", entry.reason());
        assertEquals(List.of("d1@1"), entry.directives());
        assertEquals("sakura-clinic", entry.organisation());
        assertEquals("佐藤 健一", entry.user());
    }

    @Test
    void the_entry_is_there_when_the_work_fails_too() {
        RuntimeException notFound = Failure.of(Category.NOT_FOUND, "x", "x").exception();
        RuntimeException thrown = assertThrows(
                FailureException.class,
                () -> decide(this::permit, permit -> {
                    throw notFound;
                }));
        assertSame(notFound, thrown);
        assertEquals(
                List.of(Outcome.PERMIT), log.stream().map(AccessEvent::outcome).toList());
    }

    @Test
    void a_stale_permit_is_decided_anew_and_only_the_one_that_counted_is_logged() {
        assertEquals("done", decide(this::permit, permit -> {
            if (made.size() < 3) {
                throw new StalePermitException();
            }
            return "done";
        }));
        assertEquals(3, made.size());
        assertNotSame(made.get(0), made.get(2));
        assertEquals(1, log.size());
    }

    @Test
    @DisplayName("§19.3 Revoked while exporting: the job stops and the log notes a refusal only")
    void a_permit_that_goes_stale_because_of_a_revocation_ends_as_a_denial() {
        FailureException refused = assertThrows(
                FailureException.class,
                () -> decide(
                        request -> made.isEmpty()
                                ? permit(request)
                                : new Denial(Denial.Reason.DEFAULT, request, List.of()),
                        permit -> {
                            throw new StalePermitException();
                        }));
        assertEquals(Category.FORBIDDEN, refused.failure().category());
        assertEquals(
                List.of(Outcome.DENY), log.stream().map(AccessEvent::outcome).toList());
    }

    @Test
    void consents_that_never_stand_still_end_as_unavailable() {
        FailureException refused = assertThrows(
                FailureException.class,
                () -> decide(this::permit, permit -> {
                    throw new StalePermitException();
                }));
        assertEquals(Category.UNAVAILABLE, refused.failure().category());
        assertEquals(Enforcement.ATTEMPTS, made.size());
        assertEquals(
                List.of("STALE_POLICY"), log.stream().map(AccessEvent::reason).toList());
    }

    @ParameterizedTest
    @EnumSource(
            value = Denial.Reason.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"INCOMPLETE", "STALE_POLICY"})
    void every_cause_of_a_denial_sounds_the_same_outside_and_not_inside(Denial.Reason reason) {
        Failure first = denied(Denial.Reason.DEFAULT);
        Failure failure = denied(reason);
        assertEquals(first, failure);
        assertEquals("consent-required", failure.issues().get(0).rule());
        assertTrue(failure.issues().get(0).text().endsWith("https://phr.example/consents/requests"));
        assertEquals(reason.name(), log.get(log.size() - 1).reason());
    }

    @Test
    void when_nobody_can_decide_now_the_caller_is_asked_to_try_again() {
        assertEquals(Category.UNAVAILABLE, denied(Denial.Reason.STALE_POLICY).category());
    }

    @Test
    void without_an_entry_nothing_is_answered_and_what_was_opened_is_closed() {
        AtomicBoolean closed = new AtomicBoolean();
        RuntimeException full = Failure.of(Category.UNAVAILABLE, "audit", "x").exception();
        Evidence broken = new Evidence(event -> {
            throw full;
        });
        AutoCloseable opened = () -> closed.set(true);
        Enforcement enforcement = new Enforcement(this::permit, broken, refusals(), permit -> Set.of());
        assertSame(
                full,
                assertThrows(
                        FailureException.class, () -> enforcement.decide(CALLER, "search", REQUEST, permit -> opened)));
        assertTrue(closed.get());
    }

    @Test
    void without_an_entry_a_denial_is_no_answer_either() {
        Evidence broken = new Evidence(event -> {
            throw Failure.of(Category.UNAVAILABLE, "audit", "x").exception();
        });
        Enforcement enforcement = new Enforcement(
                request -> new Denial(Denial.Reason.DEFAULT, request, List.of()),
                broken,
                refusals(),
                permit -> Set.of());
        FailureException thrown = assertThrows(
                FailureException.class, () -> enforcement.decide(CALLER, "search", REQUEST, permit -> "never"));
        assertEquals(Category.UNAVAILABLE, thrown.failure().category());
        assertFalse(thrown.failure().toString().contains("consent"));
    }

    @Test
    void what_is_used_up_is_refused_like_what_was_never_granted() {
        Failure never = denied(Denial.Reason.DEFAULT);
        FailureException refused = assertThrows(FailureException.class, () -> new Enforcement(
                        this::permit, new Evidence(log::add), refusals(), permit -> Set.of("d1"))
                .decide(CALLER, "search", REQUEST, permit -> "never"));
        assertEquals(never, refused.failure());
        assertEquals(Outcome.DENY, log.get(log.size() - 1).outcome());
    }

    private Failure denied(Denial.Reason reason) {
        return assertThrows(
                        FailureException.class,
                        () -> decide(request -> new Denial(reason, request, List.of()), permit -> "never"))
                .failure();
    }

    private <T> T decide(ConsentGate gate, Function<Permit, T> work) {
        return new Enforcement(gate, new Evidence(log::add), refusals(), permit -> Set.of())
                .decide(CALLER, "search", REQUEST, work);
    }

    private static Refusals refusals() {
        return new Refusals("https://phr.example/fhir");
    }

    private Permit permit(AccessRequest request) {
        Permit permit = Permits.of(request);
        made.add(permit);
        return permit;
    }

    /** Permits as the consent engine would make them. */
    private static final class Permits extends PermitIssuer {

        static Permit of(AccessRequest request) {
            return issue(
                    request,
                    new Permit.Basis("CONSENT", List.of("d1@1")),
                    List.of(new Grant(Predicate.ALWAYS, Set.of())),
                    0,
                    Instant.parse("2126-01-01T00:00:00Z"));
        }
    }
}
