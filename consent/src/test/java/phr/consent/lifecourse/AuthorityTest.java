package phr.consent.lifecourse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import phr.consent.Action;
import phr.consent.directive.Window;

/** When an authority works and what happens around it (consent-semantics.md §10.2, §11). */
class AuthorityTest {

    private static final Instant NOW = Instant.parse("2026-06-01T01:00:00Z");
    private static final Instant LOST = NOW.minusSeconds(100);

    private static Life adult(LifeEvent... events) {
        return new Life(LocalDate.parse("1950-01-01"), true, List.of(events));
    }

    private static LifeEvent verified(LifeEvent.Type type, Instant at) {
        return new LifeEvent(type, at, true, at);
    }

    private static Authority authority(Authority.Kind kind, Authority.Activation activation, @Nullable Instant from) {
        return new Authority(
                "a", "son", kind, Authority.State.IN_FORCE, new Window(from, null), activation, Authority.Scope.ALL);
    }

    private static boolean works(Authority authority, @Nullable Life life) {
        return authority.inForce(NOW, life, AgeBands.JAPAN);
    }

    @Test
    void withoutLifeStageRulesOnlyWhatWorksAtOnceWorks() {
        assertTrue(works(authority(Authority.Kind.NAMED_PROXY, Authority.Activation.AT_ONCE, null), null));
        assertFalse(works(authority(Authority.Kind.NAMED_PROXY, Authority.Activation.ON_CAPACITY_LOST, null), null));
    }

    @Test
    void aFamilyProxyOfACapablePersonWorksAtOnceAndOneForIncapacitySleeps() {
        assertTrue(works(authority(Authority.Kind.NAMED_PROXY, Authority.Activation.AT_ONCE, null), adult()));
        assertFalse(works(authority(Authority.Kind.NAMED_PROXY, Authority.Activation.ON_CAPACITY_LOST, null), adult()));
        LifeEvent reported = new LifeEvent(LifeEvent.Type.DEATH, LOST, false, LOST);
        assertTrue(works(authority(Authority.Kind.NAMED_PROXY, Authority.Activation.AT_ONCE, null), adult(reported)));
    }

    @Test
    void incapacityLeavesOnlyWhoWasNamedBefore() {
        Life lost = adult(verified(LifeEvent.Type.CAPACITY_LOST, LOST));
        for (Authority.Activation activation : Authority.Activation.values()) {
            assertTrue(works(authority(Authority.Kind.NAMED_PROXY, activation, null), lost));
            assertTrue(works(authority(Authority.Kind.NAMED_PROXY, activation, LOST.minusSeconds(1)), lost));
            assertTrue(works(authority(Authority.Kind.NAMED_PROXY, activation, LOST), lost));
            assertFalse(works(authority(Authority.Kind.NAMED_PROXY, activation, LOST.plusSeconds(1)), lost));
        }
        assertTrue(works(authority(Authority.Kind.COURT, Authority.Activation.AT_ONCE, LOST.plusSeconds(1)), lost));
    }

    @Test
    void capacityRegainedEndsTheProxyForIncapacityUnlessNamedAnew() {
        Instant regained = LOST.minusSeconds(50);
        Life again = adult(
                verified(LifeEvent.Type.CAPACITY_LOST, regained.minusSeconds(50)),
                verified(LifeEvent.Type.CAPACITY_REGAINED, regained),
                verified(LifeEvent.Type.CAPACITY_LOST, LOST));
        Authority.Activation sleeping = Authority.Activation.ON_CAPACITY_LOST;
        assertFalse(works(authority(Authority.Kind.NAMED_PROXY, sleeping, null), again));
        assertFalse(works(authority(Authority.Kind.NAMED_PROXY, sleeping, regained.minusSeconds(1)), again));
        assertTrue(works(authority(Authority.Kind.NAMED_PROXY, sleeping, regained), again));
        assertTrue(works(authority(Authority.Kind.NAMED_PROXY, Authority.Activation.AT_ONCE, null), again));
    }

    @Test
    void capacityIsRegainedByALaterEventOnly() {
        Life sameInstant =
                adult(verified(LifeEvent.Type.CAPACITY_LOST, LOST), verified(LifeEvent.Type.CAPACITY_REGAINED, LOST));
        assertEquals(Optional.empty(), sameInstant.capacityLost(NOW));
        Life lostAgain = adult(
                verified(LifeEvent.Type.CAPACITY_REGAINED, LOST.minusSeconds(1)),
                verified(LifeEvent.Type.CAPACITY_LOST, LOST));
        assertEquals(Optional.of(LOST), lostAgain.capacityLost(NOW));
        assertEquals(Optional.of(LOST.minusSeconds(1)), lostAgain.capacityRegained(NOW));
    }

    @Test
    void deathEndsEveryAuthority() {
        Life dead = adult(verified(LifeEvent.Type.DEATH, LOST));
        assertFalse(works(authority(Authority.Kind.COURT, Authority.Activation.AT_ONCE, null), dead));
        assertFalse(works(authority(Authority.Kind.NAMED_PROXY, Authority.Activation.AT_ONCE, null), dead));
    }

    @Test
    void onlyAVerifiedChangeOfCustodyTakesAnAuthority() {
        LifeEvent claimed = new LifeEvent(LifeEvent.Type.CUSTODY_CHANGE, LOST, false, LOST, "a");
        assertFalse(adult(claimed).custodyLost("a", NOW));
        LifeEvent verified = new LifeEvent(LifeEvent.Type.CUSTODY_CHANGE, LOST, true, LOST, "a");
        assertTrue(adult(verified).custodyLost("a", NOW));
        assertFalse(adult(verified).custodyLost("b", NOW));
        assertFalse(adult(verified).custodyLost("a", LOST.minusSeconds(1)));
    }

    @Test
    void anEventCountsFromItsInstantOnceItIsReported() {
        for (Instant later : List.of(NOW.plusSeconds(1), NOW)) {
            boolean now = later.equals(NOW);
            assertEquals(now, protectedAddress(later, LOST));
            assertEquals(now, protectedAddress(LOST, later));
            LifeEvent end = new LifeEvent(LifeEvent.Type.SERVICE_END, later, false, LOST);
            assertEquals(now, adult(end).serviceEnded(NOW));
        }
    }

    private static boolean protectedAddress(Instant effective, Instant reported) {
        return adult(new LifeEvent(LifeEvent.Type.PROTECTED_ADDRESS, effective, false, reported))
                .addressProtected(NOW);
    }

    @Test
    void agesAreThoseOfTheRowInForce() {
        Instant reform = Instant.parse("2022-03-31T15:00:00Z");
        assertEquals(20, AgeBands.JAPAN.at(reform.minusNanos(1)).majority());
        assertEquals(18, AgeBands.JAPAN.at(reform).majority());
        assertEquals(20, AgeBands.JAPAN.at(Instant.MIN).majority(), "the first row holds for all time before");
        AgeBands.Row row = AgeBands.JAPAN.at(NOW);
        AgeBands.Row sooner = new AgeBands.Row(NOW, 10, 13, 16, 30, 60, Set.of("lab"));
        AgeBands unsorted = new AgeBands(List.of(sooner, row));
        assertEquals(16, unsorted.at(NOW).majority());
        assertEquals(30, unsorted.at(NOW).bridgeDays());
        assertEquals(NOW.plus(Duration.ofDays(60)), unsorted.waitsUntil(NOW));
        assertEquals(18, unsorted.at(NOW.minusNanos(1)).majority());
        assertTrue(row.ownCategories().contains("mental-health"));
        assertEquals(6, row.ownCategories().size());
    }

    @Test
    void theEndOfTheBridgeIsAChange() {
        Life life = new Life(LocalDate.parse("2008-05-10"), true, List.of());
        AgeBands bridged = AgeBands.JAPAN.withBridge(30);
        Instant majority = life.majority(bridged).orElseThrow();
        assertEquals(Optional.of(Instant.parse("2026-06-08T15:00:00Z")), life.nextChange(majority, bridged));
        LifeEvent planned = new LifeEvent(LifeEvent.Type.SERVICE_END, NOW.plusSeconds(9), true, NOW.plusSeconds(5));
        Life ending = adult(planned);
        assertEquals(Optional.of(NOW.plusSeconds(5)), ending.nextChange(NOW, AgeBands.JAPAN));
        assertEquals(Optional.of(NOW.plusSeconds(9)), ending.nextChange(NOW.plusSeconds(5), AgeBands.JAPAN));
    }

    @Test
    void aScopeThatNamesNothingAllowsEverythingAndAnEmptyOneNothing() {
        assertTrue(Authority.Scope.ALL.allows(Action.EXPORT, "HMARKT"));
        assertTrue(Authority.Scope.ALL.mayGrant());
        Authority.Scope treatment = new Authority.Scope(null, Set.of("TREAT"), Set.of(Action.READ), false);
        assertTrue(treatment.allows(Action.READ, "COC"));
        assertFalse(treatment.allows(Action.READ, "BTG"), "explicit only");
        assertFalse(treatment.allows(Action.KEEP, "TREAT"));
        assertFalse(new Authority.Scope(null, Set.of(), null, false).allows(Action.READ, "TREAT"));
        assertFalse(new Authority.Scope(null, null, Set.of(), false).allows(Action.READ, "TREAT"));
    }

    @Test
    void guardiansAreThoseOfMinorsAndMinorsAreNoAdults() {
        assertEquals(
                List.of(Authority.Kind.PARENT, Authority.Kind.GUARDIAN),
                List.of(Authority.Kind.values()).stream()
                        .filter(Authority.Kind::guardian)
                        .toList());
        assertEquals(
                List.of(LifeStage.CHILD, LifeStage.ASSENT, LifeStage.ADOLESCENT, LifeStage.UNKNOWN_AGE),
                List.of(LifeStage.values()).stream().filter(LifeStage::minor).toList());
    }
}
