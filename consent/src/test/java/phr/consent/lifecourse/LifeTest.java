package phr.consent.lifecourse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.consent.directive.Window;

/** Stages computed at an instant, consent-semantics.md §11. No scheduler runs here or anywhere. */
class LifeTest {

    private static Instant at(String dateTime) {
        return OffsetDateTime.parse(dateTime).toInstant();
    }

    private static Life born(String date, LifeEvent... events) {
        return new Life(LocalDate.parse(date), true, List.of(events));
    }

    private static LifeEvent event(LifeEvent.Type type, String at, boolean verified) {
        return new LifeEvent(type, at(at), verified, at(at));
    }

    @ParameterizedTest
    @DisplayName("P-29 a birthday begins at midnight in Tokyo")
    @CsvSource({
        "2014-06-01, 2026-05-31T23:59:59+09:00, CHILD",
        "2014-06-01, 2026-06-01T00:00:00+09:00, ASSENT",
        "2011-06-01, 2026-05-31T23:59:59+09:00, ASSENT",
        "2011-06-01, 2026-06-01T00:00:00+09:00, ADOLESCENT",
        "2008-05-10, 2026-05-09T23:59:59+09:00, ADOLESCENT",
        "2008-05-10, 2026-05-10T00:00:00+09:00, ADULT",
        "2008-05-10, 2026-05-09T14:59:59Z, ADOLESCENT",
        "2008-05-10, 2026-05-09T15:00:00Z, ADULT",
        "2001-06-01, 2022-03-31T23:59:59+09:00, ADULT",
        "2003-06-01, 2022-03-31T23:59:59+09:00, ADOLESCENT",
        "2003-06-01, 2022-04-01T00:00:00+09:00, ADULT",
        "2000-05-10, 2020-05-09T23:59:59+09:00, ADOLESCENT",
        "2000-05-10, 2020-05-10T00:00:00+09:00, ADULT"
    })
    void p29AThresholdIsReachedAtMidnightInTokyo(String birth, String now, LifeStage stage) {
        assertEquals(stage, born(birth).stage(at(now), AgeBands.JAPAN));
    }

    @Test
    @DisplayName("P-29, §19.3 born 2008-02-29")
    void p29BornOnTheTwentyNinthOfFebruary() {
        Life leapling = born("2008-02-29");
        assertEquals(Optional.of(at("2026-03-01T00:00:00+09:00")), leapling.reaches(18));
        assertEquals(Optional.of(at("2028-02-29T00:00:00+09:00")), leapling.reaches(20));
        assertEquals(Optional.of(at("2026-03-01T00:00:00+09:00")), leapling.majority(AgeBands.JAPAN));
        assertEquals(LifeStage.ADOLESCENT, leapling.stage(at("2026-02-28T23:59:59+09:00"), AgeBands.JAPAN));
    }

    @Test
    void theThresholdInForceWhenItIsReachedMakesMajority() {
        assertEquals(
                Optional.of(at("2020-05-10T00:00:00+09:00")), born("2000-05-10").majority(AgeBands.JAPAN));
        assertEquals(
                Optional.of(at("2022-04-01T00:00:00+09:00")), born("2003-06-01").majority(AgeBands.JAPAN));
        assertEquals(
                Optional.of(at("2026-05-10T00:00:00+09:00")), born("2008-05-10").majority(AgeBands.JAPAN));
        assertEquals(Optional.empty(), new Life(null, false, List.of()).majority(AgeBands.JAPAN));
    }

    @Test
    void withoutBirthDateNobodyKnowsTheAge() {
        Life unknown = new Life(null, false, List.of());
        assertEquals(LifeStage.UNKNOWN_AGE, unknown.stage(at("2026-01-01T00:00:00Z"), AgeBands.JAPAN));
        assertTrue(LifeStage.UNKNOWN_AGE.minor());
        assertFalse(LifeStage.INCAPACITATED.minor());
    }

    @Test
    void capacityIsLostAndRegainedOnlyByVerifiedEvents() {
        LifeEvent lost = event(LifeEvent.Type.CAPACITY_LOST, "2026-01-10T00:00:00+09:00", true);
        LifeEvent regained = event(LifeEvent.Type.CAPACITY_REGAINED, "2026-02-10T00:00:00+09:00", true);
        Life life = born("1950-01-01", lost, regained);
        assertEquals(LifeStage.ADULT, life.stage(at("2026-01-09T23:59:59+09:00"), AgeBands.JAPAN));
        assertEquals(LifeStage.INCAPACITATED, life.stage(at("2026-01-10T00:00:00+09:00"), AgeBands.JAPAN));
        assertEquals(LifeStage.ADULT, life.stage(at("2026-02-10T00:00:00+09:00"), AgeBands.JAPAN));
        Life claimed = born("1950-01-01", event(LifeEvent.Type.CAPACITY_LOST, "2026-01-10T00:00:00+09:00", false));
        assertEquals(LifeStage.ADULT, claimed.stage(at("2026-03-01T00:00:00+09:00"), AgeBands.JAPAN));
    }

    @Test
    void aReportOfDeathHasNoEffectBeforeItIsMade() {
        LifeEvent death = new LifeEvent(
                LifeEvent.Type.DEATH, at("2026-01-01T00:00:00+09:00"), false, at("2026-01-05T09:00:00+09:00"));
        Life life = born("1950-01-01", death);
        assertEquals(LifeStage.ADULT, life.stage(at("2026-01-05T08:59:59+09:00"), AgeBands.JAPAN));
        assertEquals(LifeStage.DECEASED_REPORTED, life.stage(at("2026-01-05T09:00:00+09:00"), AgeBands.JAPAN));
        Life verified = born("1950-01-01", event(LifeEvent.Type.DEATH, "2026-01-01T00:00:00+09:00", true));
        assertEquals(LifeStage.DECEASED, verified.stage(at("2026-01-05T09:00:00+09:00"), AgeBands.JAPAN));
    }

    @Test
    void theNextChangeIsTheNextThresholdOrEvent() {
        Life life = born("2011-06-01", event(LifeEvent.Type.SERVICE_END, "2026-07-01T00:00:00+09:00", true));
        assertEquals(
                Optional.of(at("2026-06-01T00:00:00+09:00")),
                life.nextChange(at("2026-05-31T00:00:00+09:00"), AgeBands.JAPAN));
        assertEquals(
                Optional.of(at("2026-07-01T00:00:00+09:00")),
                life.nextChange(at("2026-06-01T00:00:00+09:00"), AgeBands.JAPAN));
        assertEquals(
                Optional.of(at("2029-06-01T00:00:00+09:00")),
                life.nextChange(at("2026-07-01T00:00:00+09:00"), AgeBands.JAPAN));
        assertEquals(Optional.empty(), life.nextChange(at("2031-06-01T00:00:00+09:00"), AgeBands.JAPAN));
    }

    @Test
    void theBridgeLastsThirtyDaysAtMost() {
        assertEquals(0, AgeBands.JAPAN.at(at("2026-01-01T00:00:00Z")).bridgeDays());
        assertThrows(IllegalArgumentException.class, () -> AgeBands.JAPAN.withBridge(31));
        assertThrows(IllegalArgumentException.class, () -> AgeBands.JAPAN.withBridge(-1));
        assertThrows(IllegalArgumentException.class, () -> new AgeBands(List.of()));
    }

    private static Authority authority(Authority.Kind kind, Authority.Activation activation, Window validity) {
        return new Authority("a", "holder", kind, Authority.State.IN_FORCE, validity, activation, Authority.Scope.ALL);
    }

    private static final Instant NOW = Instant.parse("2026-06-01T01:00:00Z");
    private static final Life CAPABLE = born("1950-01-01");
    private static final Life INCAPABLE =
            born("1950-01-01", event(LifeEvent.Type.CAPACITY_LOST, "2026-01-10T00:00:00+09:00", true));

    private static boolean works(Authority authority, Life life) {
        return authority.inForce(NOW, life, AgeBands.JAPAN);
    }

    @Test
    void aGuardianEndsAtMajority() {
        Authority mother = authority(Authority.Kind.PARENT, Authority.Activation.AT_ONCE, Window.ANY);
        assertTrue(works(mother, born("2015-01-01")));
        assertTrue(works(mother, new Life(null, false, List.of())));
        assertFalse(works(mother, born("2008-06-01")));
        assertTrue(works(mother, born("2008-06-02")));
        assertFalse(works(mother, INCAPABLE), "not even when the adult loses capacity");
    }

    @Test
    void incapacityWakesOnlyTheProxyNamedBefore() {
        Window before = new Window(at("2020-01-01T00:00:00+09:00"), null);
        Window after = new Window(at("2026-02-01T00:00:00+09:00"), null);
        Authority named = authority(Authority.Kind.NAMED_PROXY, Authority.Activation.ON_CAPACITY_LOST, before);
        assertFalse(works(named, CAPABLE));
        assertTrue(works(named, INCAPABLE));
        assertFalse(
                works(authority(Authority.Kind.NAMED_PROXY, Authority.Activation.ON_CAPACITY_LOST, after), INCAPABLE));
        assertTrue(works(authority(Authority.Kind.SEINEN_KOUKEN, Authority.Activation.AT_ONCE, after), INCAPABLE));
        Life again = born(
                "1950-01-01",
                event(LifeEvent.Type.CAPACITY_LOST, "2025-01-10T00:00:00+09:00", true),
                event(LifeEvent.Type.CAPACITY_REGAINED, "2025-02-10T00:00:00+09:00", true),
                event(LifeEvent.Type.CAPACITY_LOST, "2026-01-10T00:00:00+09:00", true));
        assertFalse(works(named, again), "it ended when capacity was regained");
    }

    @Test
    void aVoluntaryGuardianNeedsTheSupervisor() {
        Instant appointed = NOW.plusSeconds(1);
        Authority contract = new Authority(
                "a",
                "holder",
                Authority.Kind.NIN_I_KOUKEN,
                Authority.State.IN_FORCE,
                Window.ANY,
                Authority.Activation.AT_ONCE,
                Authority.Scope.ALL,
                null,
                appointed);
        assertFalse(works(contract, INCAPABLE));
        assertTrue(contract.inForce(appointed, INCAPABLE, AgeBands.JAPAN));
    }

    @Test
    void aMissedReviewSuspendsTheFamilyAndNotTheCourt() {
        for (Authority.Kind kind : List.of(Authority.Kind.NAMED_PROXY, Authority.Kind.SEINEN_KOUKEN)) {
            Authority due = new Authority(
                    "a",
                    "holder",
                    kind,
                    Authority.State.IN_FORCE,
                    Window.ANY,
                    Authority.Activation.AT_ONCE,
                    Authority.Scope.ALL,
                    NOW,
                    null);
            assertTrue(due.inForce(NOW.minusSeconds(1), CAPABLE, AgeBands.JAPAN));
            assertEquals(kind != Authority.Kind.NAMED_PROXY, works(due, CAPABLE));
        }
    }

    @Test
    void custodyAndDeathEndAnAuthority() {
        Authority father = authority(Authority.Kind.PARENT, Authority.Activation.AT_ONCE, Window.ANY);
        LifeEvent custody = new LifeEvent(LifeEvent.Type.CUSTODY_CHANGE, NOW, true, NOW, "a");
        assertFalse(works(father, born("2015-01-01", custody)));
        assertTrue(
                works(father, born("2015-01-01", new LifeEvent(LifeEvent.Type.CUSTODY_CHANGE, NOW, true, NOW, "b"))));
        assertFalse(works(father, born("2015-01-01", new LifeEvent(LifeEvent.Type.DEATH, NOW, true, NOW))));
    }

    @Test
    void onlyAVerifiedAuthorityInsideItsPeriodWorks() {
        for (Authority.State state : Authority.State.values()) {
            Authority held = new Authority(
                    "a",
                    "holder",
                    Authority.Kind.PARENT,
                    state,
                    Window.ANY,
                    Authority.Activation.AT_ONCE,
                    Authority.Scope.ALL);
            assertEquals(state == Authority.State.IN_FORCE, works(held, born("2015-01-01")));
        }
        assertFalse(works(
                authority(Authority.Kind.PARENT, Authority.Activation.AT_ONCE, new Window(null, NOW)),
                born("2015-01-01")));
    }
}
