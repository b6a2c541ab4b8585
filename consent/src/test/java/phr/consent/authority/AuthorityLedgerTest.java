package phr.consent.authority;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phr.consent.ledger.ConsentEpochs;
import phr.consent.ledger.LedgerDatabase;
import phr.consent.lifecourse.Authority;
import phr.consent.lifecourse.LifeEvent;
import phr.consent.lifeevent.LifeEvents;
import phr.consent.reminder.Reminder;
import phr.consent.reminder.Reminders;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.FailureException;

/** Laws of the ledger of authorities and life events (consent-semantics.md §9): append only, chained, folded, one at a time. */
@QuarkusTest
@QuarkusTestResource(LedgerDatabase.class)
class AuthorityLedgerTest {

    @Inject
    Family family;

    @Inject
    Authorities authorities;

    @Inject
    LifeEvents lifeEvents;

    @Inject
    Invitations invitations;

    @Inject
    Reminders reminders;

    @Inject
    ConsentEpochs epochs;

    @Inject
    DataSource dataSource;

    @Inject
    UserTransaction transaction;

    private final PersonId mother = Family.somebody();
    private final PersonId child = Family.child(LocalDate.of(2021, 4, 1));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evidence",
                "authority",
                "authority_event",
                "life_event",
                "life_event_act",
                "invitation",
                "invitation_use",
                "person_notice"
            })
    void rows_cannot_be_changed_removed_or_swept_away_by_hand(String table) throws Exception {
        family.parent(mother, child);
        useAnInvitation();
        reminders.tell(new Reminder(mother, child, Reminder.Kind.REVIEW_DUE, null, null));
        for (String sql : List.of(
                "update " + table + " set recorded_at = now()",
                "delete from " + table,
                "truncate " + table + " cascade")) {
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                SQLException refused = assertThrows(SQLException.class, () -> statement.execute(sql));
                assertEquals("23000", refused.getSQLState());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authority set registered_by = 'x'",
                "authority set scope = '{\"mayGrant\":false}'",
                "authority_event set type = 'RESUMED'",
                "authority_event set reason = null"
            })
    void a_forged_row_breaks_the_chain(String change) throws SQLException {
        RecordedAuthority hers = family.parent(mother, child);
        authorities.suspend(hers.id(), "dispute", null, "operator");
        assertTrue(authorities.intact(child));
        String table = change.substring(0, change.indexOf(' '));
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("alter table " + table + " disable trigger " + table + "_insert_only");
            statement.execute("update " + change + " where person_id = '" + child + "'");
            statement.execute("alter table " + table + " enable trigger " + table + "_insert_only");
        }
        assertFalse(authorities.intact(child));
    }

    @Test
    void the_state_is_the_fold_of_whatever_happened() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 12; round++) {
            PersonId person = Family.child(LocalDate.of(2021, 4, 1));
            RecordedAuthority current = family.parent(Family.somebody(), person);
            Authority.State expected = Authority.State.IN_FORCE;
            long epoch = epochs.current(person);
            for (int step = 0; step < 6; step++) {
                int act = random.nextInt(3);
                expected = act(current, act, expected);
                current = authorities.find(current.id()).orElseThrow();
                assertEquals(expected, current.state(), "seed " + seed);
                assertTrue(epochs.current(person) >= epoch, "seed " + seed);
                epoch = epochs.current(person);
            }
            assertTrue(authorities.intact(person), "seed " + seed);
        }
    }

    private Authority.State act(RecordedAuthority authority, int act, Authority.State before) {
        try {
            RecordedAuthority after =
                    switch (act) {
                        case 0 -> authorities.suspend(authority.id(), null, null, "operator");
                        case 1 -> authorities.resume(authority.id(), null, null, "operator");
                        default -> authorities.end(authority.id(), null, null, "operator");
                    };
            return after.state();
        } catch (FailureException e) {
            assertEquals(Category.CONFLICT, e.failure().category());
            return before;
        }
    }

    @Test
    void of_two_who_use_one_code_at_the_same_moment_one_succeeds() throws Exception {
        String code = invitations.issue(Invitations.Kind.CLAIM, child, null, "mother");
        CyclicBarrier both = new CyclicBarrier(2);
        Callable<String> use = () -> {
            transaction.begin();
            try {
                both.await(30, TimeUnit.SECONDS);
                invitations.use(Invitations.Kind.CLAIM, code, Family.somebody());
                transaction.commit();
                return "used";
            } catch (FailureException e) {
                transaction.rollback();
                return e.failure().category().name();
            }
        };
        assertEquals(Set.of("used", "NOT_FOUND"), race(use));
    }

    @Test
    void of_two_verifications_at_the_same_moment_one_is_written() throws Exception {
        RecordedAuthority claimed = family.claims(mother, child, Authority.Kind.PARENT, Authority.Activation.AT_ONCE);
        CyclicBarrier both = new CyclicBarrier(2);
        Callable<String> verify = () -> {
            both.await(30, TimeUnit.SECONDS);
            return family.verified(claimed.id(), null).state().name();
        };
        assertEquals(Set.of("IN_FORCE"), race(verify));
        assertEquals(2, authorities.find(claimed.id()).orElseThrow().events().size());
        assertTrue(authorities.intact(child) && lifeEvents.intact(child));
    }

    @Test
    void a_reminder_is_told_once() {
        Reminder reminder = new Reminder(mother, child, Reminder.Kind.MAJORITY_IN_30_DAYS, null, null);
        reminders.tell(reminder);
        reminders.tell(reminder);
        assertEquals(1, reminders.of(mother, 10).size());
        assertEquals(reminder, reminders.of(mother, 10).get(0).reminder());
    }

    @Test
    void a_report_that_is_still_open_answers_the_next_reporter() {
        var first = lifeEvents.report(
                child, new phr.consent.lifeevent.Report(LifeEvent.Type.DEATH, null, null, null), "one");
        var second = lifeEvents.report(
                child, new phr.consent.lifeevent.Report(LifeEvent.Type.DEATH, null, null, null), "other");
        assertEquals(first.id(), second.id());
        lifeEvents.withdraw(first.id(), "false", null, "operator");
        assertEquals(
                Category.CONFLICT,
                assertThrows(FailureException.class, () -> lifeEvents.verify(first.id(), Family.REGISTER, "operator"))
                        .failure()
                        .category());
    }

    private void useAnInvitation() throws Exception {
        String code = invitations.issue(Invitations.Kind.CLAIM, child, null, "mother");
        transaction.begin();
        invitations.use(Invitations.Kind.CLAIM, code, mother);
        transaction.commit();
    }

    private static Set<String> race(Callable<String> act) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            Future<String> one = pool.submit(act);
            Future<String> other = pool.submit(act);
            String first = one.get(60, TimeUnit.SECONDS);
            String second = other.get(60, TimeUnit.SECONDS);
            return first.equals(second) ? Set.of(first) : Set.of(first, second);
        } finally {
            pool.shutdownNow();
        }
    }
}
