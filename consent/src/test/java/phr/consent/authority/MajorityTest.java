package phr.consent.authority;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import phr.consent.directive.Directive;
import phr.consent.directive.Grantor;
import phr.consent.directive.Selector;
import phr.consent.directive.Selectors;
import phr.consent.directive.State;
import phr.consent.directive.Window;
import phr.consent.ledger.Act;
import phr.consent.ledger.ConsentEpochs;
import phr.consent.ledger.ConsentLedger;
import phr.consent.ledger.ConsentLedger.Countries;
import phr.consent.ledger.Event;
import phr.consent.ledger.LedgerDatabase;
import phr.consent.ledger.MovableClock;
import phr.consent.ledger.Recorded;
import phr.consent.lifecourse.LifeEvent;
import phr.consent.request.Reconsents;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.FailureException;

/** What a guardian gave waits for the young adult, and not for ever (CS-10, consent-semantics.md §10.1, §11). */
@QuarkusTest
@QuarkusTestResource(LedgerDatabase.class)
class MajorityTest {

    private static final Instant T18 = Instant.parse("2026-05-09T15:00:00Z");
    private static final Instant OVER = T18.plus(Duration.ofDays(90));
    private static final Act HARU = Act.onScreen("haru");

    @Inject
    Family family;

    @Inject
    ConsentLedger ledger;

    @Inject
    Reconsents reconsents;

    @Inject
    ConsentEpochs epochs;

    private final PersonId haru = Family.child(LocalDate.of(2008, 5, 10));
    private Recorded given;

    @BeforeEach
    void a_guardian_has_given_something() {
        MovableClock.set(T18.minus(Duration.ofDays(9)));
        given = family.grants(family.parent(Family.somebody(), haru), Family.dailyPermit());
    }

    @AfterEach
    void time_is_now() {
        MovableClock.reset();
    }

    @Test
    void it_waits_from_midnight_of_the_birthday_for_ninety_days() {
        MovableClock.set(T18.minusSeconds(20));
        assertEquals(List.of(), reconsents.waiting(haru));
        MovableClock.set(T18);
        Reconsents.Waiting waiting = reconsents.waiting(haru).get(0);
        assertEquals(given.directive().id(), waiting.permit().directive().id());
        assertEquals(Reconsents.Cause.MAJORITY, waiting.cause());
        assertEquals(OVER, waiting.until());
        assertNull(waiting.bridge());
        MovableClock.set(OVER.minusSeconds(20));
        assertEquals(State.PENDING_RECONSENT, state());
        MovableClock.set(OVER);
        assertEquals(State.REVOKED, state());
        assertEquals(List.of(), reconsents.waiting(haru));
    }

    @Test
    void she_confirms_less_and_it_is_her_own() {
        MovableClock.set(T18.plusSeconds(60));
        long before = epochs.current(haru);
        Directive less = given.directive()
                .withBase(given.directive().base().withSelectors(Selectors.of(Selector.ofCategories("lab"))));
        Recorded own = confirms(less);
        assertEquals(Grantor.SELF, own.directive().grantor());
        assertEquals(2, own.directive().version());
        assertEquals(less.base().selectors(), own.directive().base().selectors());
        assertEquals(Event.Type.RECONSENTED, last(own).type());
        assertTrue(epochs.current(haru) > before);
        assertEquals(own.directive(), confirms(null).directive());
        assertEquals(Category.CONFLICT, refused(() -> confirms(given.directive())));
        assertEquals(Category.CONFLICT, refused(() -> reconsents.refuse(haru, id(), null, HARU)));
        MovableClock.set(OVER);
        assertEquals(State.ACTIVE, state());
        assertTrue(ledger.intact(haru));
    }

    @Test
    void more_than_the_guardian_gave_is_no_confirmation() {
        MovableClock.set(T18.plusSeconds(60));
        Directive more = given.directive()
                .withBase(given.directive().base().withActions(phr.consent.Action.READ, phr.consent.Action.EXPORT));
        assertEquals(Category.INVALID, refused(() -> confirms(more)));
        assertEquals(State.PENDING_RECONSENT, state());
    }

    @Test
    void a_refusal_is_final_and_repeating_it_changes_nothing() {
        MovableClock.set(T18.plusSeconds(60));
        Recorded first = reconsents.refuse(haru, id(), "no", HARU);
        assertEquals(State.REVOKED, first.directive().state());
        assertEquals(first.events(), reconsents.refuse(haru, id(), "no", HARU).events());
        assertEquals(Category.CONFLICT, refused(() -> confirms(null)));
    }

    @Test
    void after_the_time_silence_is_a_refusal_that_only_a_new_grant_undoes() {
        MovableClock.set(OVER);
        assertEquals(Category.CONFLICT, refused(() -> confirms(null)));
        int events = reconsents.refuse(haru, id(), null, HARU).events().size();
        assertEquals(1, events);
        Recorded again = ledger.amend(haru, id(), 1, Family.dailyPermit(), Countries.UNKNOWN, HARU);
        assertEquals(State.ACTIVE, again.directive().state());
        assertEquals(State.ACTIVE, state());
    }

    @Test
    void nothing_waits_before_the_birthday_nor_for_a_proxy() {
        MovableClock.set(T18.minusSeconds(60));
        assertEquals(Category.CONFLICT, refused(() -> confirms(null)));
        MovableClock.set(T18.plusSeconds(60));
        Act proxy = HARU.under(given.directive().grantor(), given.grantor());
        assertEquals(Category.FORBIDDEN, refused(() -> reconsents.confirm(haru, id(), null, Countries.UNKNOWN, proxy)));
    }

    @Test
    void what_is_over_while_it_waits_has_expired() {
        MovableClock.set(T18.minus(Duration.ofDays(2)));
        PersonId child = Family.child(LocalDate.of(2020, 1, 1));
        RecordedAuthority his = family.parent(Family.somebody(), child);
        Directive school = Family.permit(
                "school", "school-health", phr.consent.directive.LabelRule.max(phr.fhir.facts.Confidentiality.N));
        Recorded week = family.grants(
                his, school.withBase(school.base().withValidity(new Window(null, T18.plus(Duration.ofDays(5))))));
        Recorded open = family.grants(his, school);
        family.happens(child, LifeEvent.Type.CUSTODY_CHANGE, his.id());
        assertEquals(
                List.of(Reconsents.Cause.CUSTODY, Reconsents.Cause.CUSTODY),
                reconsents.waiting(child).stream()
                        .map(Reconsents.Waiting::cause)
                        .toList());
        MovableClock.set(T18.plus(Duration.ofDays(5)));
        assertEquals(State.EXPIRED, find(week).directive().state());
        assertEquals(State.PENDING_RECONSENT, find(open).directive().state());
        MovableClock.set(T18.plus(Duration.ofDays(89)));
        assertEquals(State.REVOKED, find(open).directive().state());
    }

    private Recorded confirms(@Nullable Directive narrower) {
        return reconsents.confirm(haru, id(), narrower, Countries.UNKNOWN, HARU);
    }

    private UUID id() {
        return UUID.fromString(given.directive().id());
    }

    private State state() {
        return find(given).directive().state();
    }

    private Recorded find(Recorded recorded) {
        return ledger.find(
                        recorded.person(), UUID.fromString(recorded.directive().id()))
                .orElseThrow();
    }

    private static Event last(Recorded recorded) {
        return recorded.events().get(recorded.events().size() - 1);
    }

    private static Category refused(Executable act) {
        return assertThrows(FailureException.class, act).failure().category();
    }
}
