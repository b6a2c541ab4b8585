package phr.consent.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phr.consent.Action;
import phr.consent.directive.Directive;
import phr.consent.directive.Elements;
import phr.consent.directive.Grantee;
import phr.consent.directive.LabelRule;
import phr.consent.directive.Selector;
import phr.consent.directive.Selectors;
import phr.consent.directive.State;
import phr.consent.directive.Window;
import phr.consent.ledger.Act;
import phr.consent.ledger.ConsentLedger;
import phr.consent.ledger.ConsentLedger.Countries;
import phr.consent.ledger.LedgerDatabase;
import phr.fhir.PersonId;
import phr.fhir.facts.Confidentiality;
import phr.fhir.failure.Category;
import phr.fhir.failure.FailureException;

@QuarkusTest
@QuarkusTestResource(LedgerDatabase.class)
class ConsentRequestsTest {

    private static final Act ACT = Act.onScreen("hanako");

    @Inject
    ConsentRequests requests;

    @Inject
    BlockList blocks;

    @Inject
    ConsentLedger ledger;

    @Inject
    DataSource dataSource;

    @Inject
    Clock clock;

    private final PersonId person = new PersonId(UUID.randomUUID());

    @Test
    void anApprovalGrantsOnceAndRestsOnTheRequest() throws SQLException {
        ConsentRequest asked = ask(wish("TREAT"), null);
        ConsentRequests.Approved first = requests.approve(asked.id(), null, Countries.UNKNOWN, ACT);
        ConsentRequests.Approved second = requests.approve(asked.id(), null, Countries.UNKNOWN, ACT);
        assertEquals(RequestStatus.APPROVED, first.request().status());
        assertEquals(first.permit().directive(), second.permit().directive());
        assertEquals(1, ledger.list(person).size());
        assertEquals(State.ACTIVE, ledger.list(person).get(0).directive().state());
        assertEquals(asked.id().toString(), evidence(first.permit().directive().id()));
        assertTrue(requests.intact(person) && ledger.intact(person));
    }

    @Test
    void lessMayBeGrantedAndMoreIsLocated() {
        ConsentRequest asked = ask(wish("TREAT"), null);
        Directive more = permit("TREAT", "lab", "genetic");
        FailureException refused =
                assertThrows(FailureException.class, () -> requests.approve(asked.id(), more, Countries.UNKNOWN, ACT));
        assertEquals(Category.INVALID, refused.failure().category());
        assertEquals(
                List.of("/directive/selectors"),
                refused.failure().issues().get(0).expressions());
        assertEquals(List.of(), ledger.list(person));
        Directive less = permit("TREAT", "lab");
        assertEquals(
                less.base().selectors(),
                requests.approve(asked.id(), less, Countries.UNKNOWN, ACT)
                        .permit()
                        .directive()
                        .base()
                        .selectors());
        assertEquals(
                Category.CONFLICT,
                category(() -> requests.approve(asked.id(), permit("TREAT", "medication"), Countries.UNKNOWN, ACT)));
    }

    @Test
    void silenceIsARefusalWithoutAnyJob() throws InterruptedException {
        ConsentRequest asked = ask(wish("TREAT"), clock.instant().plusMillis(1500));
        assertEquals(RequestStatus.OPEN, asked.status());
        while (clock.instant().isBefore(asked.expiresAt())) {
            Thread.sleep(50);
        }
        assertEquals(
                RequestStatus.LAPSED, requests.find(asked.id()).orElseThrow().status());
        assertEquals(Category.CONFLICT, category(() -> requests.approve(asked.id(), null, Countries.UNKNOWN, ACT)));
        assertEquals(
                RequestStatus.LAPSED, requests.refuse(asked.id(), null, ACT).status());
        assertEquals(
                RequestStatus.LAPSED, requests.withdraw(asked.id(), "clinic").status());
        assertEquals(List.of(), ledger.list(person));
    }

    @Test
    void aRefusalIsFinalAndRefusingAgainChangesNothing() {
        ConsentRequest asked = ask(wish("TREAT"), null);
        ConsentRequest refused = requests.refuse(asked.id(), "no", ACT);
        assertEquals(refused, requests.refuse(asked.id(), "still no", ACT));
        assertEquals(Category.CONFLICT, category(() -> requests.approve(asked.id(), null, Countries.UNKNOWN, ACT)));
        assertEquals(Category.CONFLICT, category(() -> requests.withdraw(asked.id(), "clinic")));
    }

    @Test
    void ofAnApprovalAndAWithdrawalAtOnceExactlyOneWins() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            int approvals = 0;
            for (int i = 0; i < 20; i++) {
                ConsentRequest asked = ask(wish("TREAT"), null);
                Future<Boolean> approved =
                        threads.submit(won(() -> requests.approve(asked.id(), null, Countries.UNKNOWN, ACT)));
                Future<Boolean> withdrawn = threads.submit(won(() -> requests.withdraw(asked.id(), "clinic")));
                assertTrue(approved.get() ^ withdrawn.get());
                approvals += approved.get() ? 1 : 0;
                RequestStatus status = requests.find(asked.id()).orElseThrow().status();
                assertEquals(approved.get() ? RequestStatus.APPROVED : RequestStatus.WITHDRAWN, status);
            }
            assertEquals(approvals, ledger.list(person).size());
            assertTrue(requests.intact(person));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void fiveQuestionsAreOpenAtMostAndAnAnswerMakesRoom() {
        List<ConsentRequest> open = new ArrayList<>();
        for (int i = 0; i < ConsentRequests.OPEN_AT_MOST; i++) {
            open.add(ask(wish("TREAT"), null));
        }
        assertEquals(Category.CONFLICT, category(() -> ask(wish("TREAT"), null)));
        requests.refuse(open.get(0).id(), null, ACT);
        assertEquals(RequestStatus.OPEN, ask(wish("TREAT"), null).status());
    }

    @Test
    void whoIsBlockedMayNotAskUntilTheBlockIsLifted() {
        blocks.set(person, "clinic", true, "hanako");
        blocks.set(person, "clinic", true, "hanako");
        assertEquals(Category.FORBIDDEN, category(() -> ask(wish("TREAT"), null)));
        blocks.set(person, "clinic", false, "hanako");
        ask(wish("TREAT"), null);
        assertTrue(blocks.of(person).isEmpty() && requests.intact(person));
    }

    @Test
    void theSamePurposeAskedTwiceIsSaid() {
        ConsentRequest one = ask(wish("TREAT"), null);
        ask(permit("TREAT", "medication"), null);
        assertEquals(
                List.of("L-10"),
                requests.warnings(one, requests.to(person), Countries.UNKNOWN).stream()
                        .map(issue -> issue.rule())
                        .toList());
    }

    @Test
    void l17AClosedWindowOverMedicinesIsSaid() {
        Directive wish = wish("TREAT");
        Instant now = clock.instant();
        Directive closed = wish.withBase(wish.base().withDataPeriod(new Window(now.minusSeconds(99), now)));
        Directive open = wish.withBase(wish.base().withDataPeriod(new Window(now.minusSeconds(99), null)));
        assertEquals(
                List.of("/directive/dataPeriod/end"),
                requests.warnings(ask(closed, null), List.of(), Countries.UNKNOWN).stream()
                        .filter(issue -> issue.rule().equals("L-17"))
                        .flatMap(issue -> issue.expressions().stream())
                        .toList());
        assertEquals(List.of(), requests.warnings(ask(open, null), List.of(), Countries.UNKNOWN));
    }

    @Test
    void aCommercialQuestionNamesWhatItGivesInReturnOrThePersonIsToldThatItDoesNot() {
        Directive wish = permit("insurance-underwriting", "lifelog-activity");
        Directive year = wish.withBase(
                wish.base().withValidity(new Window(null, clock.instant().plus(Duration.ofDays(300)))));
        ConsentRequest asked = ask(year, null);
        assertEquals(
                List.of("benefit", "underwriting"),
                requests.warnings(asked, List.of(), Countries.UNKNOWN).stream()
                        .map(issue -> issue.rule())
                        .toList());
        assertEquals(
                List.of("/directive/selectors"),
                places(() -> ask(year.withBase(year.base().withSelectors(Selectors.ALL)), null)));
    }

    @Test
    void whatMayNotBeAskedIsLocated() {
        Directive wish = wish("TREAT");
        Elements base = wish.base();
        assertEquals(
                List.of("/directive/grantees"), places(() -> ask(wish.withBase(base.withGrantees(Grantee.ANY)), null)));
        assertEquals(
                List.of("/directive/grantees"),
                places(() -> ask(
                        wish.withBase(base.withGrantees(
                                Grantee.of(Grantee.Kind.ORGANISATION, "clinic"),
                                Grantee.of(Grantee.Kind.ORGANISATION, "hospital"))),
                        null)));
        assertEquals(
                List.of("/directive/purposes"),
                places(() -> ask(wish.withBase(base.withPurposes("TREAT", "COC")), null)));
        assertEquals(List.of("/directive/effect"), places(() -> ask(Directive.deny("", base), null)));
        assertEquals(
                List.of("/expiresAt"), places(() -> ask(wish, clock.instant().plus(Duration.ofDays(91)))));
        assertEquals(
                List.of("/directive/validity/end"),
                places(() -> ask(
                        wish.withBase(base.withValidity(
                                new Window(null, clock.instant().minusSeconds(1)))),
                        null)));
        assertEquals(List.of(), requests.to(person));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update consent_request set words = 'x'",
                "delete from consent_request_answer",
                "truncate consent_block",
                "truncate reconsent_answer"
            })
    void theTablesOnlyGrow(String change) throws SQLException {
        requests.refuse(ask(wish("TREAT"), null).id(), null, ACT);
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            assertThrows(SQLException.class, () -> statement.execute(change));
        }
    }

    private ConsentRequest ask(Directive wish, @Nullable Instant expiresAt) {
        Question question = new Question("clinic", "dr", wish, null, null, "ja", expiresAt);
        return requests.ask(person, question, grantee -> grantee.id().equals("clinic"), Countries.UNKNOWN);
    }

    private static Directive wish(String purpose) {
        return permit(purpose, "lab", "medication");
    }

    private static Directive permit(String purpose, String... categories) {
        return Directive.permit(
                "",
                Elements.NONE
                        .withGrantees(Grantee.of(Grantee.Kind.ORGANISATION, "clinic"))
                        .withPurposes(purpose)
                        .withActions(Action.READ)
                        .withSelectors(Selectors.of(Selector.ofCategories(categories)))
                        .withLabels(LabelRule.max(Confidentiality.N)));
    }

    private static Callable<Boolean> won(Runnable work) {
        return () -> {
            try {
                work.run();
                return true;
            } catch (FailureException e) {
                return false;
            }
        };
    }

    private static Category category(Runnable work) {
        return assertThrows(FailureException.class, work::run).failure().category();
    }

    private static List<String> places(Runnable work) {
        return assertThrows(FailureException.class, work::run).failure().issues().stream()
                .flatMap(issue -> issue.expressions().stream())
                .distinct()
                .toList();
    }

    private String evidence(String directive) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(
                        "select evidence_id from directive_version where directive_id = '" + directive + "'")) {
            row.next();
            return row.getString(1);
        }
    }
}
