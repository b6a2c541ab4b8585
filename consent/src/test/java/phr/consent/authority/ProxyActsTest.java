package phr.consent.authority;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import phr.consent.Action;
import phr.consent.directive.Directive;
import phr.consent.directive.Elements;
import phr.consent.directive.Grantee;
import phr.consent.directive.Grantor;
import phr.consent.directive.LabelRule;
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
import phr.consent.lifecourse.LifeEvent;
import phr.consent.lifeevent.LifeEvents;
import phr.consent.request.BlockList;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.FailureException;

/** People who act for others (consent-semantics.md §10.2, §11): what the ledger lets them do. */
@QuarkusTest
@QuarkusTestResource(LedgerDatabase.class)
class ProxyActsTest {

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    @Inject
    Family family;

    @Inject
    Authorities authorities;

    @Inject
    ConsentLedger ledger;

    @Inject
    LifeEvents lifeEvents;

    @Inject
    ConsentEpochs epochs;

    @Inject
    BlockList blocked;

    @Inject
    Clock clock;

    private final PersonId mother = Family.somebody();
    private final PersonId father = Family.somebody();

    @AfterEach
    void time_is_now() {
        MovableClock.reset();
    }

    private PersonId child(int age) {
        return Family.child(
                LocalDate.ofInstant(clock.instant(), TOKYO).minusYears(age).minusDays(40));
    }

    @Test
    void a_claim_that_nobody_verified_allows_nothing() {
        PersonId child = child(5);
        RecordedAuthority claimed = family.claims(mother, child, Authority.Kind.PARENT, Authority.Activation.AT_ONCE);
        assertEquals(Authority.State.REGISTERED, claimed.state());
        assertEquals(Category.FORBIDDEN, refused(() -> family.grants(claimed, Family.dailyPermit())));
        assertTrue(authorities.working(mother, child).isEmpty());
    }

    @Test
    void a_verified_mother_grants_with_her_capacity_and_authority() {
        PersonId child = child(5);
        RecordedAuthority authority = family.parent(mother, child);
        Recorded granted = family.grants(authority, Family.dailyPermit());
        assertEquals(State.ACTIVE, granted.directive().state());
        assertEquals(
                new Grantor(Grantor.Capacity.GUARDIAN, authority.id()),
                granted.directive().grantor());
        assertEquals(mother.value(), granted.grantor());
        assertTrue(lifeEvents.life(child, Instant.MAX).birthDateVerified());
        assertTrue(authorities.intact(child) && lifeEvents.intact(child) && ledger.intact(child));
    }

    @Test
    void every_change_bumps_the_epoch_of_the_person_and_of_nobody_else() {
        PersonId child = child(5);
        RecordedAuthority authority = family.parent(mother, child);
        long before = epochs.current(child);
        authorities.suspend(authority.id(), "dispute", null, "operator");
        assertTrue(epochs.current(child) > before);
        assertEquals(0, epochs.current(mother));
    }

    @Test
    void a_forged_holder_is_refused() {
        PersonId child = child(5);
        RecordedAuthority hers = family.parent(mother, child);
        Act forged = Act.onScreen("x").under(hers.grantor(), father.value());
        assertEquals(
                Category.FORBIDDEN,
                refused(() -> ledger.grant(child, Family.dailyPermit(), Countries.UNKNOWN, forged)));
    }

    @Test
    void an_authority_over_somebody_else_is_worth_nothing_here() {
        RecordedAuthority hers = family.parent(mother, child(5));
        assertEquals(
                Category.FORBIDDEN,
                refused(() -> ledger.grant(child(5), Family.dailyPermit(), Countries.UNKNOWN, Family.act(hers))));
    }

    @Test
    void a_capacity_in_the_body_is_not_believed() {
        PersonId child = child(5);
        RecordedAuthority hers = family.parent(mother, child);
        Directive body = Family.dailyPermit();
        Directive claimed = new Directive(
                "",
                1,
                State.ACTIVE,
                body.effect(),
                null,
                body.base(),
                List.of(),
                List.of(),
                null,
                new Grantor(Grantor.Capacity.COURT, UUID.randomUUID()));
        assertEquals(Category.INVALID, refused(() -> family.grants(hers, claimed)));
    }

    @Test
    void guardianship_ends_at_midnight_of_the_eighteenth_birthday() {
        PersonId child = Family.child(LocalDate.of(2008, 5, 10));
        MovableClock.set(Instant.parse("2026-05-09T14:59:50Z"));
        RecordedAuthority hers = family.parent(mother, child);
        assertTrue(authorities.working(mother, child).isPresent());
        MovableClock.set(Instant.parse("2026-05-09T15:00:00Z"));
        assertTrue(authorities.working(mother, child).isEmpty());
        assertEquals(Category.FORBIDDEN, refused(() -> family.grants(hers, Family.dailyPermit())));
    }

    @Test
    void the_young_adult_confirms_what_her_guardian_gave_as_her_own() {
        PersonId child = Family.child(LocalDate.of(2008, 5, 10));
        MovableClock.set(Instant.parse("2026-05-01T00:00:00Z"));
        Recorded granted = family.grants(family.parent(mother, child), Family.dailyPermit());
        MovableClock.set(Instant.parse("2026-05-11T00:00:00Z"));
        Recorded own = ledger.reconsent(
                child,
                UUID.fromString(granted.directive().id()),
                granted.directive(),
                Countries.UNKNOWN,
                Act.onScreen("haru"));
        assertEquals(Grantor.SELF, own.directive().grantor());
        assertEquals(2, own.directive().version());
        assertEquals(State.ACTIVE, own.directive().state());
    }

    @Test
    @DisplayName("P-28 widening needs the number of holders")
    void everything_beyond_daily_acts_needs_both_parents() {
        PersonId child = child(5);
        RecordedAuthority hers = family.parent(mother, child);
        RecordedAuthority his = family.parent(father, child);
        assertEquals(
                State.ACTIVE,
                family.grants(hers, Family.dailyPermit()).directive().state());
        Recorded proposed = family.grants(hers, Family.permit("clinic", "TREAT", LabelRule.ANY));
        assertEquals(State.PROPOSED, proposed.directive().state());
        UUID id = UUID.fromString(proposed.directive().id());
        assertEquals(
                State.PROPOSED,
                ledger.agree(child, id, false, Family.act(hers)).directive().state());
        assertEquals(
                State.ACTIVE,
                ledger.agree(child, id, false, Family.act(his)).directive().state());
        Recorded research = family.grants(his, Family.permit("clinic", "product-development", labelsN()));
        assertEquals(State.PROPOSED, research.directive().state());
    }

    private static LabelRule labelsN() {
        return LabelRule.max(phr.fhir.facts.Confidentiality.N);
    }

    @Test
    void a_child_of_thirteen_assents_before_a_permit_is_in_force() {
        PersonId child = child(13);
        RecordedAuthority hers = family.parent(mother, child);
        Recorded proposed = family.grants(hers, Family.dailyPermit());
        assertEquals(State.PROPOSED, proposed.directive().state());
        Recorded agreed =
                ledger.agree(child, UUID.fromString(proposed.directive().id()), true, Act.onScreen("child"));
        assertEquals(State.ACTIVE, agreed.directive().state());
    }

    @Test
    @DisplayName("P-28 any holder may restrict")
    void one_holder_who_denies_another_something_suspends_her() {
        PersonId child = child(5);
        RecordedAuthority hers = family.parent(mother, child);
        RecordedAuthority his = family.parent(father, child);
        Directive deny =
                Directive.deny("", Elements.NONE.withGrantees(Grantee.of(Grantee.Kind.PERSON, father.toString())));
        family.grants(hers, deny);
        assertEquals(
                Authority.State.SUSPENDED,
                authorities.find(his.id()).orElseThrow().state());
        assertTrue(authorities.working(father, child).isEmpty());
        assertTrue(authorities.working(mother, child).isPresent());
    }

    @Test
    void a_proxy_stays_inside_her_scope() {
        PersonId person = Family.somebody();
        Authority.Scope labOnly = new Authority.Scope(Set.of("lab"), Set.of("TREAT"), Set.of(Action.READ), true);
        RecordedAuthority authority = family.verified(
                authorities
                        .register(
                                new Claim(
                                        person,
                                        mother,
                                        Authority.Kind.NAMED_PROXY,
                                        Authority.Activation.AT_ONCE,
                                        labOnly,
                                        Window.ANY),
                                "x")
                        .id(),
                null);
        assertEquals(Category.INVALID, refused(() -> family.grants(authority, Family.dailyPermit())));
        Recorded persons = ledger.grant(person, Family.dailyPermit(), Countries.UNKNOWN, Act.onScreen("p"));
        assertEquals(
                Category.FORBIDDEN, refused(() -> ledger.revoke(person, id(persons), null, Family.act(authority))));
    }

    @Test
    void a_proxy_may_revoke_what_the_person_gave_but_not_what_she_forbade() {
        PersonId person = Family.somebody();
        RecordedAuthority son = family.acts(mother, person, Authority.Kind.NAMED_PROXY, Authority.Activation.AT_ONCE);
        Recorded permit = ledger.grant(person, Family.dailyPermit(), Countries.UNKNOWN, Act.onScreen("p"));
        Recorded deny = ledger.grant(
                person,
                Directive.deny("", Elements.NONE.withGrantees(Grantee.ANY)),
                Countries.UNKNOWN,
                Act.onScreen("p"));
        assertEquals(
                State.REVOKED,
                ledger.revoke(person, id(permit), null, Family.act(son))
                        .directive()
                        .state());
        assertEquals(Category.FORBIDDEN, refused(() -> ledger.revoke(person, id(deny), null, Family.act(son))));
    }

    @Test
    void what_a_capable_person_revoked_her_proxy_does_not_bring_back() {
        PersonId person = Family.somebody();
        RecordedAuthority son = family.acts(mother, person, Authority.Kind.NAMED_PROXY, Authority.Activation.AT_ONCE);
        Recorded granted = family.grants(son, Family.dailyPermit());
        ledger.revoke(person, id(granted), null, Act.onScreen("p"));
        assertEquals(
                Category.FORBIDDEN,
                refused(() -> ledger.amend(
                        person, id(granted), 1, Family.dailyPermit(), Countries.UNKNOWN, Family.act(son))));
    }

    @Test
    void a_blocked_party_is_granted_nothing_by_a_proxy() {
        PersonId person = Family.somebody();
        RecordedAuthority son = family.acts(mother, person, Authority.Kind.NAMED_PROXY, Authority.Activation.AT_ONCE);
        blocked.set(person, "clinic", true, "p");
        assertEquals(Category.INVALID, refused(() -> family.grants(son, Family.dailyPermit())));
        ledger.grant(person, Family.dailyPermit(), Countries.UNKNOWN, Act.onScreen("p"));
    }

    @Test
    void a_named_proxy_sleeps_until_capacity_is_lost_and_ends_when_it_is_regained() {
        PersonId ume = Family.somebody();
        PersonId jiro = Family.somebody();
        RecordedAuthority named =
                family.acts(jiro, ume, Authority.Kind.NAMED_PROXY, Authority.Activation.ON_CAPACITY_LOST);
        assertTrue(authorities.working(jiro, ume).isEmpty());
        lifeEvents.report(
                ume, new phr.consent.lifeevent.Report(LifeEvent.Type.CAPACITY_LOST, null, null, null), "jiro");
        assertTrue(authorities.working(jiro, ume).isEmpty());
        family.happens(ume, LifeEvent.Type.CAPACITY_LOST, null);
        assertTrue(authorities.working(jiro, ume).isPresent());
        assertEquals(
                Category.FORBIDDEN,
                refused(() -> ledger.grant(ume, Family.dailyPermit(), Countries.UNKNOWN, Act.onScreen("ume"))));
        assertEquals(
                State.ACTIVE,
                family.grants(named, Family.dailyPermit()).directive().state());
        family.happens(ume, LifeEvent.Type.CAPACITY_REGAINED, null);
        assertEquals(
                Authority.State.ENDED,
                authorities.find(named.id()).orElseThrow().state());
    }

    @Test
    void a_missed_review_suspends_a_family_proxy_but_not_a_court_appointed_one() {
        PersonId person = Family.somebody();
        family.acts(mother, person, Authority.Kind.NAMED_PROXY, Authority.Activation.AT_ONCE);
        family.acts(father, person, Authority.Kind.SEINEN_KOUKEN, Authority.Activation.AT_ONCE);
        MovableClock.set(clock.instant().plus(Duration.ofDays(367)));
        assertTrue(authorities.working(mother, person).isEmpty());
        assertTrue(authorities.working(father, person).isPresent());
    }

    @Test
    void a_voluntary_guardian_waits_for_the_supervisor_of_the_court() {
        PersonId person = Family.somebody();
        RecordedAuthority claimed =
                family.claims(father, person, Authority.Kind.NIN_I_KOUKEN, Authority.Activation.AT_ONCE);
        assertEquals(Category.INVALID, refused(() -> family.verified(claimed.id(), null)));
        family.verified(claimed.id(), clock.instant().plus(Duration.ofDays(3)));
        assertTrue(authorities.working(father, person).isEmpty());
        MovableClock.set(clock.instant().plus(Duration.ofDays(4)));
        assertTrue(authorities.working(father, person).isPresent());
    }

    @Test
    @DisplayName("P-28 divorce: the former holder is suspended")
    void a_change_of_custody_suspends_the_former_holder_and_asks_again_for_all_but_treatment() {
        PersonId child = child(5);
        RecordedAuthority his = family.parent(father, child);
        Recorded care = family.grants(his, Family.dailyPermit());
        Recorded school = family.grants(his, Family.permit("school", "school-health", labelsN()));
        family.happens(child, LifeEvent.Type.CUSTODY_CHANGE, his.id());
        assertEquals(
                Authority.State.SUSPENDED,
                authorities.find(his.id()).orElseThrow().state());
        assertEquals(State.ACTIVE, state(child, care));
        assertEquals(State.PENDING_RECONSENT, state(child, school));
    }

    @Test
    @DisplayName("P-28 abuse: no proxy acts")
    void a_protected_address_stops_every_proxy_until_the_report_is_withdrawn() {
        PersonId child = child(5);
        family.parent(father, child);
        var reported = lifeEvents.report(
                child, new phr.consent.lifeevent.Report(LifeEvent.Type.PROTECTED_ADDRESS, null, null, null), "op");
        assertTrue(authorities.working(father, child).isEmpty());
        lifeEvents.withdraw(reported.id(), "mistake", null, "operator");
        assertTrue(authorities.working(father, child).isPresent());
    }

    @Test
    void a_guardian_needs_a_minor_with_a_verified_birth_date() {
        assertEquals(Category.INVALID, refused(() -> family.parent(mother, Family.somebody())));
        PersonId child = child(5);
        RecordedAuthority claimed = family.claims(mother, child, Authority.Kind.PARENT, Authority.Activation.AT_ONCE);
        Verification without = new Verification(Family.REGISTER, false, null, null, null);
        assertEquals(Category.INVALID, refused(() -> authorities.verify(claimed.id(), without, "operator")));
        assertFalse(lifeEvents.life(child, Instant.MAX).birthDateVerified());
    }

    @Test
    void what_was_in_force_is_known_as_it_was_known_then() throws InterruptedException {
        PersonId child = child(5);
        RecordedAuthority hers = family.parent(mother, child);
        Instant known = clock.instant();
        Thread.sleep(5);
        authorities.suspend(hers.id(), null, null, "operator");
        assertEquals(
                Authority.State.IN_FORCE, authorities.over(child, known).get(0).state());
        assertEquals(
                Authority.State.SUSPENDED,
                authorities.over(child, Instant.MAX).get(0).state());
        assertTrue(authorities.over(child, known.minusSeconds(60)).isEmpty());
    }

    @Test
    void a_dead_person_decides_nothing_and_a_false_report_is_undone() {
        PersonId person = Family.somebody();
        var death = lifeEvents.report(
                person, new phr.consent.lifeevent.Report(LifeEvent.Type.DEATH, null, null, null), "neighbour");
        assertEquals(
                Category.FORBIDDEN,
                refused(() -> ledger.grant(person, Family.dailyPermit(), Countries.UNKNOWN, Act.onScreen("p"))));
        lifeEvents.withdraw(death.id(), "she lives", null, "operator");
        assertNotNull(ledger.grant(person, Family.dailyPermit(), Countries.UNKNOWN, Act.onScreen("p")));
    }

    private State state(PersonId person, Recorded recorded) {
        return ledger.find(person, id(recorded)).orElseThrow().directive().state();
    }

    private static UUID id(Recorded recorded) {
        return UUID.fromString(recorded.directive().id());
    }

    private static Category refused(Executable act) {
        return assertThrows(FailureException.class, act).failure().category();
    }
}
