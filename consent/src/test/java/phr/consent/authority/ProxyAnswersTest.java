package phr.consent.authority;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import phr.consent.Action;
import phr.consent.directive.Directive;
import phr.consent.directive.LabelRule;
import phr.consent.directive.Selector;
import phr.consent.directive.Selectors;
import phr.consent.directive.State;
import phr.consent.directive.Window;
import phr.consent.ledger.Act;
import phr.consent.ledger.ConsentEpochs;
import phr.consent.ledger.ConsentLedger;
import phr.consent.ledger.ConsentLedger.Countries;
import phr.consent.ledger.LedgerDatabase;
import phr.consent.ledger.MovableClock;
import phr.consent.ledger.Recorded;
import phr.consent.lifecourse.Authority;
import phr.consent.request.ConsentRequest;
import phr.consent.request.ConsentRequests;
import phr.consent.request.Question;
import phr.consent.request.RequestStatus;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;

/** Questions to a person that somebody answers for her (consent-semantics.md §10.1, §10.2, §11). */
@QuarkusTest
@QuarkusTestResource(LedgerDatabase.class)
class ProxyAnswersTest {

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final Act HERSELF = Act.onScreen("herself");

    @Inject
    Family family;

    @Inject
    Authorities authorities;

    @Inject
    ConsentRequests requests;

    @Inject
    ConsentLedger ledger;

    @Inject
    ConsentEpochs epochs;

    @Inject
    Clock clock;

    private final PersonId mother = Family.somebody();
    private final PersonId father = Family.somebody();

    @AfterEach
    void time_is_now() {
        MovableClock.reset();
    }

    @Test
    void only_the_approval_moves_the_epoch() {
        RecordedAuthority hers = family.parent(mother, child(5));
        long before = epochs.current(hers.person());
        ConsentRequest asked = ask(hers.person(), Family.dailyPermit());
        requests.refuse(ask(hers.person(), Family.dailyPermit()).id(), null, Family.act(hers));
        assertEquals(before, epochs.current(hers.person()));
        Recorded permit = approves(asked, hers);
        assertEquals(State.ACTIVE, permit.directive().state());
        assertEquals(hers.grantor(), permit.directive().grantor());
        assertTrue(epochs.current(hers.person()) > before);
    }

    @Test
    void what_the_mother_approves_waits_for_the_child_of_thirteen_who_approves_the_same_question() {
        RecordedAuthority hers = family.parent(mother, child(13));
        ConsentRequest asked = ask(hers.person(), Family.dailyPermit());
        assertEquals(Category.FORBIDDEN, refused(() -> approves(asked, HERSELF)));
        assertEquals(State.PROPOSED, approves(asked, hers).directive().state());
        assertEquals(State.PROPOSED, approves(asked, hers).directive().state());
        assertEquals(State.ACTIVE, approves(asked, HERSELF).directive().state());
        assertEquals(1, ledger.list(hers.person()).size());
    }

    @Test
    void a_proposal_that_nobody_agrees_to_lapses_after_fourteen_days() {
        RecordedAuthority hers = family.parent(mother, child(13));
        Recorded proposed = family.grants(hers, Family.dailyPermit());
        UUID id = UUID.fromString(proposed.directive().id());
        MovableClock.set(proposed.recordedAt().plus(Duration.ofDays(14)).minusSeconds(30));
        assertEquals(State.PROPOSED, state(proposed));
        MovableClock.set(proposed.recordedAt().plus(Duration.ofDays(14)));
        assertEquals(State.REFUSED, state(proposed));
        assertEquals(Category.CONFLICT, refused(() -> ledger.agree(hers.person(), id, true, HERSELF)));
    }

    @Test
    void the_other_parent_agrees_by_approving_the_same_question() {
        RecordedAuthority hers = family.parent(mother, child(5));
        RecordedAuthority his = family.parent(father, hers.person());
        ConsentRequest asked = ask(hers.person(), Family.permit("clinic", "TREAT", LabelRule.ANY));
        assertEquals(State.PROPOSED, approves(asked, hers).directive().state());
        assertEquals(State.ACTIVE, approves(asked, his).directive().state());
    }

    @Test
    void at_sixteen_a_guardian_decides_nothing_about_what_is_the_childs_own() {
        RecordedAuthority hers = family.parent(mother, child(16));
        PersonId child = hers.person();
        Directive mind = of("lab", "mental-health");
        ConsentRequest own = ask(child, mind);
        Failure failure =
                assertThrows(FailureException.class, () -> approves(own, hers)).failure();
        assertEquals(Category.INVALID, failure.category());
        assertEquals(List.of("/directive/selectors"), failure.issues().get(0).expressions());
        assertEquals(Category.FORBIDDEN, refused(() -> requests.refuse(own.id(), null, Family.act(hers))));
        Recorded permit = approves(own, HERSELF);
        assertEquals(State.ACTIVE, permit.directive().state());
        assertEquals(
                Category.FORBIDDEN,
                refused(() ->
                        ledger.revoke(child, UUID.fromString(permit.directive().id()), null, Family.act(hers))));
        assertEquals(
                State.ACTIVE,
                approves(ask(child, Family.dailyPermit()), hers).directive().state());
        assertEquals(Category.INVALID, refused(() -> family.grants(hers, mind)));
    }

    @Test
    void a_proxy_who_may_not_grant_still_refuses_and_only_inside_her_scope() {
        PersonId person = Family.somebody();
        RecordedAuthority son = proxy(person, new Authority.Scope(Set.of("lab"), null, Set.of(Action.READ), false));
        ConsentRequest lab = ask(person, of("lab"));
        ConsentRequest more = ask(person, of("lab", "medication"));
        assertEquals(Category.FORBIDDEN, refused(() -> approves(lab, son)));
        assertEquals(Category.FORBIDDEN, refused(() -> requests.refuse(more.id(), null, Family.act(son))));
        assertEquals(
                RequestStatus.REFUSED,
                requests.refuse(lab.id(), null, Family.act(son)).status());
        assertEquals(RequestStatus.OPEN, requests.find(more.id()).orElseThrow().status());
    }

    @Test
    void neither_a_suspended_nor_an_ended_nor_a_foreign_authority_answers() {
        RecordedAuthority hers = family.parent(mother, child(5));
        RecordedAuthority foreign = family.parent(father, child(5));
        ConsentRequest asked = ask(hers.person(), Family.dailyPermit());
        assertNothing(asked, foreign);
        authorities.suspend(hers.id(), "dispute", null, "operator");
        assertNothing(asked, hers);
        authorities.resume(hers.id(), null, null, "operator");
        authorities.end(hers.id(), null, null, "operator");
        assertNothing(asked, hers);
    }

    private void assertNothing(ConsentRequest asked, RecordedAuthority by) {
        assertEquals(Category.FORBIDDEN, refused(() -> approves(asked, by)));
        assertEquals(Category.FORBIDDEN, refused(() -> requests.refuse(asked.id(), null, Family.act(by))));
        assertEquals(RequestStatus.OPEN, requests.find(asked.id()).orElseThrow().status());
    }

    private RecordedAuthority proxy(PersonId person, Authority.Scope scope) {
        Claim claim =
                new Claim(person, mother, Authority.Kind.NAMED_PROXY, Authority.Activation.AT_ONCE, scope, Window.ANY);
        return family.verified(authorities.register(claim, "x").id(), null);
    }

    private PersonId child(int age) {
        return Family.child(
                LocalDate.ofInstant(clock.instant(), TOKYO).minusYears(age).minusDays(40));
    }

    private static Directive of(String... categories) {
        Directive daily = Family.dailyPermit();
        return daily.withBase(daily.base().withSelectors(Selectors.of(Selector.ofCategories(categories))));
    }

    private ConsentRequest ask(PersonId person, Directive wish) {
        Question question = new Question("clinic", "dr", wish, null, null, "ja", null);
        return requests.ask(person, question, grantee -> true, Countries.UNKNOWN);
    }

    private Recorded approves(ConsentRequest asked, RecordedAuthority by) {
        return approves(asked, Family.act(by));
    }

    private Recorded approves(ConsentRequest asked, Act act) {
        return requests.approve(asked.id(), null, Countries.UNKNOWN, act).permit();
    }

    private State state(Recorded recorded) {
        UUID id = UUID.fromString(recorded.directive().id());
        return ledger.find(recorded.person(), id).orElseThrow().directive().state();
    }

    private static Category refused(Executable act) {
        return assertThrows(FailureException.class, act).failure().category();
    }
}
