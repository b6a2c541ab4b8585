package phr.consent.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phr.consent.AccessRequest;
import phr.consent.Action;
import phr.consent.Capacity;
import phr.consent.ClientApp;
import phr.consent.ConsentGate;
import phr.consent.Decision;
import phr.consent.Denial;
import phr.consent.Party;
import phr.consent.Permit;
import phr.consent.directive.Directive;
import phr.consent.directive.Elements;
import phr.consent.directive.Grantee;
import phr.consent.directive.LabelRule;
import phr.consent.directive.Selector;
import phr.consent.directive.Selectors;
import phr.consent.directive.State;
import phr.consent.directive.Window;
import phr.consent.ledger.ConsentLedger.Countries;
import phr.fhir.PersonId;
import phr.fhir.facts.Confidentiality;
import phr.fhir.failure.Category;
import phr.fhir.failure.FailureException;

@QuarkusTest
@QuarkusTestResource(LedgerDatabase.class)
class ConsentLedgerTest {

    private static final Act ACT = Act.onScreen("hanako");
    private static final Party CLINIC = new Party("clinic", Set.of(), Set.of("medical-institution"), "JP");

    @Inject
    ConsentLedger ledger;

    @Inject
    ConsentGate gate;

    @Inject
    ConsentEpochs epochs;

    @Inject
    DataSource dataSource;

    @Inject
    Clock clock;

    private final PersonId person = new PersonId(UUID.randomUUID());

    @Test
    void nothingRecordedIsEpochZeroAndDenied() {
        assertEquals(0, epochs.current(person));
        assertEquals(Denial.Reason.DEFAULT, denied(gate.decide(reading("clinic"))));
    }

    @Test
    void aGrantOpensAndARevocationShutsAtOnce() {
        Recorded granted = ledger.grant(person, clinicPermit(), Countries.UNKNOWN, ACT);
        assertEquals(1, granted.directive().version());
        assertEquals(1, epochs.current(person));
        assertInstanceOf(Permit.class, gate.decide(reading("clinic")));
        Recorded revoked = ledger.revoke(person, id(granted), "enough", ACT);
        assertEquals(State.REVOKED, revoked.directive().state());
        assertEquals(2, epochs.current(person));
        assertEquals(Denial.Reason.DEFAULT, denied(gate.decide(reading("clinic"))));
    }

    @Test
    void revokingTwiceIsOneEvent() {
        Recorded granted = ledger.grant(person, clinicPermit(), Countries.UNKNOWN, ACT);
        Recorded first = ledger.revoke(person, id(granted), null, ACT);
        Recorded second = ledger.revoke(person, id(granted), null, ACT);
        assertEquals(first, second);
        assertEquals(2, second.events().size());
        assertEquals(2, epochs.current(person));
    }

    @Test
    @DisplayName("P-25, §20 a revoked consent can never be granted again: it comes back as a new version")
    void p25ARevokedDirectiveComesBackAsANewVersion() {
        Recorded granted = ledger.grant(person, clinicPermit(), Countries.UNKNOWN, ACT);
        ledger.revoke(person, id(granted), null, ACT);
        Recorded again = ledger.amend(person, id(granted), 1, clinicPermit(), Countries.UNKNOWN, ACT);
        assertEquals(2, again.directive().version());
        assertEquals(State.ACTIVE, again.directive().state());
        assertInstanceOf(Permit.class, gate.decide(reading("clinic")));
    }

    @Test
    void whatIsReadIsWhatWasWritten() {
        Directive draft = clinicPermit();
        Recorded granted = ledger.grant(person, draft, Countries.UNKNOWN, ACT);
        Recorded found = ledger.find(person, id(granted)).orElseThrow();
        assertEquals(
                draft.base().withValidity(found.directive().base().validity()),
                found.directive().base());
        assertEquals(granted.bodySha256(), found.bodySha256());
        assertEquals("ja", found.notice().language());
        assertEquals(List.of(found), ledger.list(person));
    }

    @Test
    void aPersonFindsOnlyHerOwn() {
        Recorded granted = ledger.grant(person, clinicPermit(), Countries.UNKNOWN, ACT);
        PersonId other = new PersonId(UUID.randomUUID());
        assertTrue(ledger.find(other, id(granted)).isEmpty());
        assertEquals(Category.NOT_FOUND, failure(() -> ledger.revoke(other, id(granted), null, ACT)));
    }

    @Test
    void amendingAnOldVersionIsStale() {
        Recorded granted = ledger.grant(person, clinicPermit(), Countries.UNKNOWN, ACT);
        ledger.amend(person, id(granted), 1, clinicPermit(), Countries.UNKNOWN, ACT);
        assertEquals(
                Category.STALE,
                failure(() -> ledger.amend(person, id(granted), 1, clinicPermit(), Countries.UNKNOWN, ACT)));
        assertEquals(2, ledger.history(person).size());
        assertEquals(State.SUPERSEDED, ledger.history(person).get(0).directive().state());
    }

    @Test
    void ofTwoConcurrentAmendsOneLoses() throws Exception {
        Recorded granted = ledger.grant(person, clinicPermit(), Countries.UNKNOWN, ACT);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            CountDownLatch both = new CountDownLatch(2);
            Callable<String> amend = () -> {
                both.countDown();
                both.await();
                try {
                    ledger.amend(person, id(granted), 1, clinicPermit(), Countries.UNKNOWN, ACT);
                    return "amended";
                } catch (FailureException e) {
                    return e.failure().category().name();
                }
            };
            Future<String> one = pool.submit(amend);
            Future<String> other = pool.submit(amend);
            Set<String> results = Set.of(one.get(30, TimeUnit.SECONDS), other.get(30, TimeUnit.SECONDS));
            assertEquals(Set.of("amended", "STALE"), results);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void expiryIsComputedWhenRead() {
        Recorded granted = ledger.grant(person, clinicPermit(), Countries.UNKNOWN, ACT);
        Instant later = granted.recordedAt().plusSeconds(400L * 86_400);
        assertEquals(
                State.ACTIVE,
                ledger.asOf(person, granted.recordedAt(), later)
                        .get(0)
                        .directive()
                        .state());
        assertEquals(
                State.EXPIRED,
                ledger.asOf(person, later, later).get(0).directive().state());
        assertTrue(
                ledger.asOf(person, later, granted.recordedAt().minusSeconds(1)).isEmpty());
    }

    @Test
    void aDirectiveThatTheLintRefusesLeavesNoTrace() {
        Directive incomplete = Directive.permit("", Elements.NONE);
        assertEquals(Category.INVALID, failure(() -> ledger.grant(person, incomplete, Countries.UNKNOWN, ACT)));
        assertEquals(0, epochs.current(person));
        assertTrue(ledger.list(person).isEmpty());
    }

    @Test
    void aLanguageWithoutPolicyTextIsRefused() {
        Act act = new Act("hanako", "xx", CollectionMethod.SCREEN);
        assertEquals(Category.INVALID, failure(() -> ledger.grant(person, clinicPermit(), Countries.UNKNOWN, act)));
        assertEquals(0, epochs.current(person));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update directive_version set recorded_by = 'x'",
                "delete from directive_version",
                "truncate directive_version cascade",
                "update directive_event set actor = 'x'",
                "delete from directive_event",
                "truncate directive_event",
                "update policy_text set markdown = 'x'",
                "delete from policy_text"
            })
    void rowsOfTheLedgerCannotBeChangedByHand(String sql) throws SQLException {
        ledger.revoke(person, id(ledger.grant(person, clinicPermit(), Countries.UNKNOWN, ACT)), null, ACT);
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            SQLException refused = assertThrows(SQLException.class, () -> statement.execute(sql));
            assertEquals("23000", refused.getSQLState());
        }
    }

    @Test
    void theChainHoldsAndBreaksWhenARowIsForged() throws SQLException {
        Recorded granted = ledger.grant(person, clinicPermit(), Countries.UNKNOWN, ACT);
        ledger.amend(person, id(granted), 1, clinicPermit(), Countries.UNKNOWN, ACT);
        assertTrue(ledger.intact(person));
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("alter table directive_version disable trigger directive_version_insert_only");
            statement.execute("update directive_version set effect = 'DENY' where person_id = '" + person + "'");
            statement.execute("alter table directive_version enable trigger directive_version_insert_only");
        }
        assertFalse(ledger.intact(person));
    }

    @Test
    void aForgedBodyOpensNothing() throws SQLException {
        ledger.grant(person, clinicPermit(), Countries.UNKNOWN, ACT);
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("alter table directive_version disable trigger directive_version_insert_only");
            statement.execute("update directive_version set body = jsonb_set(body, '{purposes}', '[\"HMARKT\"]')"
                    + " where person_id = '" + person + "'");
            statement.execute("alter table directive_version enable trigger directive_version_insert_only");
        }
        assertEquals(Denial.Reason.DEFAULT, denied(gate.decide(reading("clinic"))));
    }

    @Test
    @DisplayName("P-21 a compiled permit is not served to another requester")
    void p21ACompiledPermitIsNotServedToAnotherRequester() {
        ledger.grant(person, clinicPermit(), Countries.UNKNOWN, ACT);
        Decision first = gate.decide(reading("clinic"));
        assertEquals(first, gate.decide(reading("clinic")));
        assertEquals(Denial.Reason.DEFAULT, denied(gate.decide(reading("hospital"))));
    }

    @Test
    @DisplayName("P-26 after revoke returns no decision permits")
    void afterRevokeReturnsNoDecisionPermits() throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(3);
        try {
            for (int round = 0; round < 20; round++) {
                Recorded granted = ledger.grant(person, clinicPermit(), Countries.UNKNOWN, ACT);
                AtomicBoolean revoked = new AtomicBoolean();
                AtomicBoolean stop = new AtomicBoolean();
                Callable<Integer> read = () -> {
                    int late = 0;
                    while (!stop.get()) {
                        boolean before = revoked.get();
                        if (gate.decide(reading("clinic")) instanceof Permit && before) {
                            late++;
                        }
                    }
                    return late;
                };
                List<Future<Integer>> running =
                        List.of(readers.submit(read), readers.submit(read), readers.submit(read));
                Thread.sleep(10);
                ledger.revoke(person, id(granted), null, ACT);
                revoked.set(true);
                Thread.sleep(10);
                stop.set(true);
                for (Future<Integer> reader : running) {
                    assertEquals(0, reader.get(30, TimeUnit.SECONDS));
                }
            }
        } finally {
            readers.shutdownNow();
        }
    }

    private Directive clinicPermit() {
        return Directive.permit(
                "",
                Elements.NONE
                        .withGrantees(Grantee.of(Grantee.Kind.ORGANISATION, "clinic"))
                        .withPurposes("TREAT")
                        .withActions(Action.READ)
                        .withSelectors(Selectors.of(Selector.ofCategories("lab")))
                        .withLabels(LabelRule.max(Confidentiality.N))
                        .withValidity(new Window(null, clock.instant().plus(Duration.ofDays(365)))));
    }

    private AccessRequest reading(String organisation) {
        Party party = organisation.equals("clinic")
                ? CLINIC
                : new Party(organisation, Set.of(), Set.of("medical-institution"), "JP");
        ClientApp viewer = new ClientApp("viewer", false, true, null);
        return new AccessRequest(
                person,
                viewer,
                "dr",
                false,
                party,
                Set.of("physician"),
                Capacity.RECIPIENT,
                List.of("TREAT"),
                Action.READ);
    }

    private static UUID id(Recorded recorded) {
        return UUID.fromString(recorded.directive().id());
    }

    private static Denial.Reason denied(Decision decision) {
        return assertInstanceOf(Denial.class, decision).reason();
    }

    private static Category failure(Callable<?> call) {
        return assertThrows(FailureException.class, call::call).failure().category();
    }
}
