package phr.consent.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static phr.consent.engine.Scene.company;
import static phr.consent.engine.Scene.day;
import static phr.consent.engine.Scene.labels;
import static phr.consent.engine.Scene.resource;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phr.consent.Action;
import phr.consent.Capacity;
import phr.consent.Obligation;
import phr.consent.directive.Window;
import phr.consent.lifecourse.AgeBands;
import phr.consent.lifecourse.Authority;
import phr.consent.lifecourse.Life;
import phr.consent.lifecourse.LifeEvent;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.Tokens;

/** Decisions over a whole life, consent-semantics.md §11, and people who act for others, §10.2. No job ever runs. */
class LifeCourseTest {

    private static final UUID MOTHERS = UUID.fromString("00000000-0000-4000-8000-00000000000a");
    private static final Facts LAB = resource("Observation", "lab");
    private static final Facts IMMUNIZATION = resource("Immunization", "immunization");
    private static final Facts MIND = resource("Condition", "mental-health", labels(Confidentiality.R, "MH"));
    private static final Facts VIOLENCE = resource("Condition", "violence", labels(Confidentiality.V, "VIO"));

    private static final String CLINIC = "{'id':'d','effect':'PERMIT','grantees':[{'kind':'ORGANISATION','id':'c'}],"
            + "'purposes':['TREAT','school-health'],'actions':['read'],'selectors':'ALL','labels':'ANY'%s}";

    private static final String BY_GUARDIAN =
            CLINIC.formatted(",'grantor':{'capacity':'GUARDIAN','authority':'" + MOTHERS + "'}");
    private static final String BY_HERSELF = CLINIC.formatted("");

    private static Authority mother() {
        return authority(Authority.Kind.PARENT, Authority.Scope.ALL);
    }

    private static Authority authority(Authority.Kind kind, Authority.Scope scope) {
        return new Authority(
                MOTHERS.toString(),
                "mother",
                kind,
                Authority.State.IN_FORCE,
                Window.ANY,
                Authority.Activation.AT_ONCE,
                scope);
    }

    private static LifeEvent event(LifeEvent.Type type, boolean verified) {
        Instant then = Scene.at("2026-05-01T00:00:00+09:00");
        return new LifeEvent(type, then, verified, then);
    }

    @Test
    @DisplayName("P-29, §19.3 18th birthday: no job has to run")
    void eighteenthBirthdayEndsWhatAGuardianPermitted() {
        Scene scene = new Scene().says(BY_GUARDIAN).born("2008-05-10").purpose("school-health");
        assertEquals("PERMIT", scene.now("2026-05-09T23:59:59+09:00").of(LAB));
        assertEquals(
                Scene.at("2026-05-10T00:00:00+09:00"),
                scene.permit().validUntil(),
                "no decision outlives the threshold");
        assertEquals("DEFAULT", scene.now("2026-05-10T00:00:00+09:00").of(LAB));
        assertEquals("NOT_IN_FORCE LIFE_STAGE", scene.step("d@1", LAB));
    }

    @Test
    void bornTheTwentyNinthOfFebruaryTheDayIsTheFirstOfMarch() {
        Scene scene = new Scene().says(BY_GUARDIAN).born("2008-02-29");
        assertEquals("PERMIT", scene.now("2026-02-28T23:59:59+09:00").of(LAB));
        assertEquals("DEFAULT", scene.now("2026-03-01T00:00:00+09:00").of(LAB));
    }

    @Test
    void herOwnPermitOutlivesMajority() {
        Scene scene = new Scene().says(BY_HERSELF).born("2008-05-10");
        assertEquals("PERMIT", scene.now("2026-05-10T00:00:00+09:00").of(LAB));
    }

    @Test
    void deniesOfTheGuardianStayAfterMajority() {
        String deny = "{'effect':'DENY','grantees':[{'kind':'ANY'}],'selectors':'ALL','emergency':'never',"
                + "'grantor':{'capacity':'GUARDIAN','authority':'" + MOTHERS + "'}}";
        assertEquals(
                "EXPLICIT",
                new Scene().says(BY_HERSELF, deny).born("2000-01-01").of(LAB));
    }

    @Test
    void theBridgeIsForTreatmentAndOffByDefault() {
        Scene scene = new Scene()
                .given(Circumstances.NONE.withAges(AgeBands.JAPAN.withBridge(30)))
                .says(BY_GUARDIAN)
                .born("2008-05-10");
        assertEquals("PERMIT", scene.now("2026-06-08T23:59:59+09:00").of(LAB));
        assertEquals("DEFAULT", scene.purpose("school-health").of(LAB));
        assertEquals(
                "DEFAULT",
                scene.purpose("TREAT").now("2026-06-09T00:00:00+09:00").of(LAB));
        assertEquals("DEFAULT", new Scene().says(BY_GUARDIAN).born("2008-05-10").of(LAB));
    }

    @Test
    @DisplayName("§19.3 16 years old")
    void aGuardiansPermitDoesNotCoverWhatTheSixteenYearOldDecidesAlone() {
        Scene scene = new Scene().says(BY_GUARDIAN).born("2010-01-01");
        assertEquals("PERMIT", scene.of(IMMUNIZATION));
        assertEquals("DEFAULT", scene.of(MIND));
        assertEquals("NOT_IN_FORCE LIFE_STAGE", scene.step("d@1", MIND));
        Facts both = resource("Condition", Tokens.of(Set.of("lab", "reproductive")), Labels.NORMAL, day("2026-01-01"));
        assertEquals("DEFAULT", scene.of(both), "any category of the list");
        assertEquals("PERMIT", scene.says(BY_HERSELF.replace("'d'", "'own'")).of(MIND));
        assertEquals("PERMIT", new Scene().says(BY_GUARDIAN).born("2013-01-01").of(MIND), "at 13 it does");
    }

    @Test
    void theGuardianSeesNeitherViolenceNorWhatTheAdolescentDecides() {
        Scene child = new Scene().born("2015-01-01").proxy(mother()).purpose("PATRQT");
        assertEquals("PERMIT", child.of(LAB));
        assertEquals("PERMIT", child.of(MIND));
        assertEquals("DEFAULT", child.of(VIOLENCE));
        assertEquals("PROXY", child.explain(LAB).reason().name());
        assertEquals("AUTHORITY", child.permit().basis().code());
        Scene adolescent = new Scene().born("2010-01-01").proxy(mother()).purpose("PATRQT");
        assertEquals("PERMIT", adolescent.of(LAB));
        assertEquals("DEFAULT", adolescent.of(MIND));
        adolescent.says("{'effect':'PERMIT','grantees':[{'kind':'PERSON','id':'mother'}],'purposes':['PATRQT'],"
                + "'actions':['read'],'selectors':[{'category':['mental-health']}],'labels':'ANY'}");
        assertEquals("PERMIT", adolescent.of(MIND), "unless the child shares it");
    }

    @Test
    void theGuardiansAccessEndsAtMajority() {
        Scene scene = new Scene().born("2008-05-10").proxy(mother()).purpose("PATRQT");
        assertEquals("PERMIT", scene.now("2026-05-09T23:59:59+09:00").of(LAB));
        assertEquals("AUTHORITY", scene.now("2026-05-10T00:00:00+09:00").of(LAB));
        assertEquals("AUTHORITY", scene.refusal());
    }

    @Test
    void aProxyStaysInsideHerScope() {
        Authority.Scope scope = new Authority.Scope(Set.of("lab"), Set.of("TREAT"), Set.of(Action.READ), false);
        Scene scene = new Scene().born("2015-01-01").proxy(authority(Authority.Kind.PARENT, scope));
        assertEquals("PERMIT", scene.of(LAB));
        assertEquals("AUTHORITY", scene.of(IMMUNIZATION));
        assertEquals("AUTHORITY", scene.purpose("HRESCH").refusal());
        assertEquals("AUTHORITY", scene.purpose("BTG").refusal());
        assertEquals(
                "AUTHORITY", scene.purpose("TREAT").action(Action.CONTRIBUTE).refusal());
        Authority.Scope nothing = new Authority.Scope(Set.of(), null, null, false);
        assertEquals(
                "AUTHORITY",
                new Scene()
                        .born("2015-01-01")
                        .proxy(authority(Authority.Kind.PARENT, nothing))
                        .of(LAB));
    }

    @Test
    void anAuthorityIsForItsHolderAlone() {
        Scene scene = new Scene().born("2015-01-01").proxy(mother()).user("uncle");
        assertEquals("AUTHORITY", scene.of(LAB));
    }

    @Test
    void aProxyThroughAForeignAppNeedsAPermitForTheVendor() {
        Scene scene = new Scene()
                .born("2015-01-01")
                .proxy(mother())
                .purpose("PATRQT")
                .through("w", company("w-inc", "wellness"));
        assertEquals("DEFAULT", scene.of(LAB));
        scene.says("{'effect':'PERMIT','grantees':[{'kind':'APP','id':'w'}],'purposes':['PATRQT'],"
                + "'actions':['read'],'selectors':'ALL','labels':'ANY'}");
        assertEquals("PERMIT", scene.of(LAB));
    }

    @Test
    void aDenyOfThePersonBindsEveryProxyAndOneUnderTheAuthorityNotItsHolder() {
        String deny = "{'effect':'DENY','grantees':[{'kind':'%s'%s}],'selectors':'ALL','emergency':'never'%s}";
        String under = ",'grantor':{'capacity':'GUARDIAN','authority':'" + MOTHERS + "'}";
        assertEquals("EXPLICIT", child().says(deny.formatted("ANY", "", "")).of(LAB));
        assertEquals("PERMIT", child().says(deny.formatted("ANY", "", under)).of(LAB));
        assertEquals(
                "EXPLICIT",
                child().says(deny.formatted("PERSON", ",'id':'mother'", under)).of(LAB));
        String other = under.replace("00a", "00b");
        assertEquals("EXPLICIT", child().says(deny.formatted("ANY", "", other)).of(LAB));
    }

    private static Scene child() {
        return new Scene().born("2015-01-01").proxy(mother()).purpose("PATRQT");
    }

    @Test
    void aProtectedAddressShutsOutProxiesAndHidesTheAddress() {
        Scene proxy = new Scene()
                .born("2015-01-01", event(LifeEvent.Type.PROTECTED_ADDRESS, false))
                .proxy(mother())
                .purpose("PATRQT");
        assertEquals("AUTHORITY", proxy.of(LAB));
        assertEquals("LAW", proxy.of(resource("Patient", "demographics")));
        Scene clinic = new Scene()
                .born("1990-01-01", event(LifeEvent.Type.PROTECTED_ADDRESS, true))
                .says(BY_HERSELF);
        assertEquals("PERMIT", clinic.of(LAB));
        assertEquals("LAW", clinic.of(resource("RelatedPerson", "demographics")));
        assertTrue(clinic.obligations(resource("Patient", "demographics")).contains(Obligation.REDACT_DEMOGRAPHICS));
    }

    @Test
    void theProxyReadsConsentRecordsAndARecipientNever() {
        Facts record = resource("Consent", "consent-record", labels(Confidentiality.V));
        assertEquals("PERMIT", child().of(record));
        assertEquals("LAW", new Scene().says(BY_HERSELF).born("1990-01-01").of(record));
    }

    @Test
    void aChangeOfCustodyKeepsTreatmentOnly() {
        LifeEvent change = new LifeEvent(
                LifeEvent.Type.CUSTODY_CHANGE,
                Scene.at("2026-05-01T00:00:00+09:00"),
                true,
                Scene.at("2026-05-01T00:00:00+09:00"),
                MOTHERS.toString());
        Scene scene = new Scene().says(BY_GUARDIAN).born("2015-01-01", change);
        assertEquals("PERMIT", scene.of(LAB));
        assertEquals("DEFAULT", scene.purpose("school-health").of(LAB));
        assertEquals("PERMIT", scene.now("2026-04-30T23:59:59+09:00").of(LAB));
    }

    @Test
    void reportedDeathFreezesAndWithdrawalRestores() {
        Scene scene = new Scene().says(BY_HERSELF).born("1950-01-01", event(LifeEvent.Type.DEATH, false));
        assertEquals("DEFAULT", scene.of(LAB));
        assertEquals("NOT_IN_FORCE PHASE", scene.step("d@1", LAB));
        assertEquals("PERMIT", scene.born("1950-01-01").of(LAB));
        assertEquals(
                "PERMIT",
                new Scene()
                        .as(Capacity.SELF)
                        .throughPortal()
                        .purpose("PATRQT")
                        .born("1950-01-01", event(LifeEvent.Type.DEATH, false))
                        .of(LAB));
    }

    @Test
    void verifiedDeathLeavesOnlyTheAfterDeathWishes() {
        String wish = CLINIC.formatted(",'phase':'AFTER_DEATH'").replace("'d'", "'wish'");
        Scene scene = new Scene().says(BY_HERSELF, wish).born("1950-01-01");
        assertEquals("NOT_IN_FORCE PHASE", scene.step("wish@1", LAB));
        scene.born("1950-01-01", event(LifeEvent.Type.DEATH, true));
        assertEquals("PERMIT", scene.of(LAB));
        assertEquals("NOT_IN_FORCE PHASE", scene.step("d@1", LAB));
        Scene self = new Scene()
                .as(Capacity.SELF)
                .throughPortal()
                .purpose("PATRQT")
                .born("1950-01-01", event(LifeEvent.Type.DEATH, true));
        assertEquals("DEFAULT", self.of(LAB));
        assertEquals("DEFAULT", self.refusal());
    }

    @Test
    void deniesOfLifeActUntilDeathIsVerified() {
        String deny =
                "{'effect':'DENY','grantees':[{'kind':'ANY'}],'selectors':'ALL','emergency':'never','phase':'LIFE'}";
        Scene scene = new Scene().says(deny).born("1950-01-01", event(LifeEvent.Type.DEATH, false));
        assertEquals("EXPLICIT", scene.of(LAB));
        assertEquals(
                "DEFAULT",
                scene.born("1950-01-01", event(LifeEvent.Type.DEATH, true)).of(LAB));
    }

    @Test
    void afterDeathOnlyAPersonNamedInAWishActs() {
        String wish = "{'effect':'PERMIT','phase':'AFTER_DEATH','grantees':[{'kind':'PERSON','id':'mother'}],"
                + "'purposes':['FAMRQT'],'actions':['read'],'selectors':[{'category':['lab']}],'labels':'ANY'}";
        Scene scene = new Scene()
                .born("2015-01-01", event(LifeEvent.Type.DEATH, true))
                .proxy(mother())
                .purpose("FAMRQT");
        assertEquals("AUTHORITY", scene.of(LAB));
        scene.says(wish);
        assertEquals("PERMIT", scene.of(LAB));
        assertEquals("DEFAULT", scene.of(MIND));
    }

    @Test
    void permitsGoOnWhenCapacityIsLost() {
        Scene scene = new Scene().says(BY_HERSELF).born("1950-01-01", event(LifeEvent.Type.CAPACITY_LOST, true));
        assertEquals("PERMIT", scene.of(LAB));
    }

    @Test
    void serviceEndFreezesPermitsAndLeavesThePersonHerData() {
        Scene scene = new Scene().says(BY_HERSELF).born("1950-01-01", event(LifeEvent.Type.SERVICE_END, true));
        assertEquals("DEFAULT", scene.of(LAB));
        assertEquals("NOT_IN_FORCE LIFE_STAGE", scene.step("d@1", LAB));
        assertEquals(
                "PERMIT",
                scene.as(Capacity.SELF).throughPortal().purpose("PATRQT").of(LAB));
    }

    @Test
    void withoutBirthDateAHumanDecidesForThirdParties() {
        Scene scene = new Scene()
                .given(Circumstances.NONE.withLife(new Life(null, false, List.of())))
                .says(BY_HERSELF);
        assertEquals("HUMAN", scene.of(LAB));
        assertEquals("HUMAN", scene.refusal());
        assertEquals("NEEDS_HUMAN", scene.step("d@1", LAB));
        assertEquals(
                "DEFAULT", scene.purpose("TREAT", "HPAYMT").refusal(), "a refusal goes before a human's judgement");
        assertEquals("DEFAULT", scene.of(LAB));
        Scene mother = new Scene()
                .given(Circumstances.NONE.withLife(new Life(null, false, List.of())))
                .proxy(mother())
                .purpose("PATRQT");
        assertEquals("PERMIT", mother.of(LAB));
        assertEquals("DEFAULT", mother.of(MIND));
    }

    @ParameterizedTest
    @ValueSource(strings = {"c", "viewer", "dr"})
    void aSuspendedPartyGetsNothing(String id) {
        Scene scene = new Scene()
                .given(Circumstances.NONE.withSuspendedParties(Set.of(id)))
                .says(BY_HERSELF);
        assertEquals("LAW", scene.of(LAB));
        assertEquals("LAW", scene.refusal());
    }

    @Test
    void nobodyButThePersonGrantsToABlockedParty() {
        Circumstances blocked = Circumstances.NONE.withBlockedParties(Set.of("c"));
        assertEquals("DEFAULT", new Scene().given(blocked).says(BY_GUARDIAN).of(LAB));
        assertEquals("PERMIT", new Scene().given(blocked).says(BY_HERSELF).of(LAB));
        Circumstances others = Circumstances.NONE.withBlockedParties(Set.of("b"));
        assertEquals("PERMIT", new Scene().given(others).says(BY_GUARDIAN).of(LAB));
    }
}
