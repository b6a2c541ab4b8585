package phr.consent.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static phr.consent.engine.Scene.company;
import static phr.consent.engine.Scene.day;
import static phr.consent.engine.Scene.labels;
import static phr.consent.engine.Scene.resource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import phr.consent.Obligation;
import phr.consent.Party;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveReader;
import phr.consent.directive.Elements;
import phr.consent.emergency.EmergencyGround;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.Tokens;

/** Broken glass, disaster and orders of the law: consent-semantics.md §13 and §3 steps 1 and 4. */
class EmergencyTest {

    private static final Facts ALLERGY = resource("AllergyIntolerance", "allergy");
    private static final Facts LAB = resource("Observation", "lab");
    private static final Facts NOTE = resource("Observation", "patient-note");
    private static final Facts UNKNOWN =
            resource("DocumentReference", Tokens.UNKNOWN, Labels.UNLABELLED, DataTime.UNKNOWN);
    private static final Facts DIRECTIVE = resource("Consent", "advance-directive");
    private static final Facts WISH = new Facts(
            "Observation",
            UUID.randomUUID(),
            null,
            null,
            null,
            Tokens.of(Set.of("advance-directive")),
            Tokens.of(Set.of("http://loinc.org|75773-2")),
            Tokens.ABSENT,
            Set.of(),
            labels(Confidentiality.R),
            day("2026-01-01"));

    private static final String PERMIT_BTG = "{'effect':'PERMIT','grantees':[{'kind':'ORGANISATION','id':'c'}],"
            + "'purposes':['BTG'],'actions':['read'],'selectors':'ALL','labels':'ANY'}";

    private static EmergencyGround glass(EmergencyGround.Step step) {
        return ground(EmergencyGround.Kind.BTG, "dr", step);
    }

    private static EmergencyGround ground(EmergencyGround.Kind kind, @Nullable String user, EmergencyGround.Step step) {
        return new EmergencyGround(
                kind, user, null, Scene.at("2026-06-01T09:30:00+09:00"), Scene.at("2026-06-01T10:30:00+09:00"), step);
    }

    private static Scene session(EmergencyGround.Step step) {
        return new Scene().purpose("BTG").emergency(glass(step));
    }

    @Test
    void withoutAGroundNobodyBreaksTheGlass() {
        assertEquals("DEFAULT", new Scene().purpose("BTG").of(ALLERGY));
        assertEquals("DEFAULT", new Scene().purpose("BTG").says(PERMIT_BTG).of(ALLERGY));
        assertEquals(
                "NO_MATCH PURPOSE", new Scene().purpose("BTG").says(PERMIT_BTG).step("d0@1", ALLERGY));
    }

    @Test
    void theSummaryComesFirstAndTheRestOnTheSecondStep() {
        Scene summary = session(EmergencyGround.Step.SUMMARY);
        assertEquals("PERMIT", summary.of(ALLERGY));
        assertEquals("DEFAULT", summary.of(LAB));
        assertEquals("PERMIT", summary.of(WISH));
        Scene full = session(EmergencyGround.Step.FULL);
        assertEquals("PERMIT", full.of(LAB));
        assertEquals("PERMIT", full.of(resource("Condition", "violence", labels(Confidentiality.V, "VIO"))));
        assertEquals("PERMIT", full.of(WISH));
    }

    @Test
    void notesRecordsAndWishesOtherThanForTreatmentStayClosed() {
        Scene full = session(EmergencyGround.Step.FULL);
        assertEquals("DEFAULT", full.of(NOTE));
        assertEquals("LAW", full.of(DIRECTIVE));
        assertEquals("DEFAULT", full.of(resource("Observation", "advance-directive")));
        assertEquals("DEFAULT", full.of(UNKNOWN), "it may be a note");
    }

    @Test
    void theGlassIsOpenForOneUserAndOneHour() {
        Scene scene = session(EmergencyGround.Step.FULL);
        assertEquals("DEFAULT", scene.user("nurse").of(LAB));
        assertEquals(
                "DEFAULT", scene.user("dr").now("2026-06-01T10:30:00+09:00").of(LAB));
        assertEquals("DEFAULT", scene.now("2026-06-01T09:29:59+09:00").of(LAB));
        assertEquals("PERMIT", scene.now("2026-06-01T10:29:59+09:00").of(LAB));
        assertEquals(
                Scene.at("2026-06-01T10:30:00+09:00"),
                scene.now("2026-06-01T10:20:00+09:00").permit().validUntil());
        assertEquals("DEFAULT", scene.purpose("TREAT").of(LAB), "for that purpose only");
        assertEquals("DEFAULT", scene.purpose("BTG", "TREAT").of(LAB));
    }

    @Test
    void aGroundForOneOrganisationIsForItsUsersAlone() {
        for (EmergencyGround.Kind kind : EmergencyGround.Kind.values()) {
            EmergencyGround ground = new EmergencyGround(
                    kind,
                    kind == EmergencyGround.Kind.BTG ? "dr" : null,
                    "c",
                    Scene.at("2026-06-01T09:30:00+09:00"),
                    Scene.at("2026-06-01T10:30:00+09:00"),
                    EmergencyGround.Step.SUMMARY);
            Scene scene = new Scene().purpose(kind.name()).emergency(ground);
            assertEquals("PERMIT", scene.of(ALLERGY));
            assertEquals("DEFAULT", scene.by(Scene.clinic("other")).of(ALLERGY));
            assertEquals("PERMIT", scene.by(company("c", "other-industry")).of(ALLERGY), "a registered relief team");
        }
    }

    @Test
    void thePersonIsToldAndAReviewIsOpened() {
        Scene scene = session(EmergencyGround.Step.SUMMARY);
        assertTrue(scene.obligations(ALLERGY)
                .containsAll(Set.of(Obligation.NOTIFY_PERSON, Obligation.OPEN_REVIEW, Obligation.KEEP_LABELS)));
        assertEquals("APPI27-1-2", scene.permit().basis().code());
        assertEquals("EMERGENCY", scene.explain(ALLERGY).reason().name());
    }

    private static String deny(String emergency) {
        return "{'id':'no','effect':'DENY','grantees':[{'kind':'ANY'}],'selectors':'ALL','emergency':'" + emergency
                + "'}";
    }

    @Test
    @DisplayName("P-35 a deny gives way to an emergency only when the person said so")
    void p35ADenyGivesWayOnlyWhenThePersonSaidSo() {
        assertEquals(
                "EXPLICIT",
                session(EmergencyGround.Step.FULL).says(deny("never")).of(LAB));
        Scene allowed = session(EmergencyGround.Step.FULL).says(deny("allowed"));
        assertEquals("PERMIT", allowed.of(LAB));
        assertEquals("LIFTED", allowed.step("no@1", LAB));
        assertEquals("CS-12", allowed.explain(LAB).trace().get(0).rule());
        assertEquals("EXPLICIT", allowed.purpose("TREAT").of(LAB));
        assertEquals("EXPLICIT", allowed.purpose("BTG").emergency().of(LAB));
    }

    @Test
    @DisplayName("P-35 an imported deny never gives way")
    void anImportedDenyNeverGivesWay() {
        Directive unanswered =
                DirectiveReader.read(deny("never").replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        Directive imported = new Directive(
                "x",
                1,
                unanswered.state(),
                unanswered.effect(),
                null,
                unanswered.base(),
                List.of(),
                List.of(),
                null,
                unanswered.grantor());
        assertEquals(
                "EXPLICIT", session(EmergencyGround.Step.FULL).says(imported).of(LAB));
    }

    @Test
    void aPermitForTheGlassOpensMoreThanTheSummary() {
        Scene scene = session(EmergencyGround.Step.SUMMARY).says(PERMIT_BTG);
        assertEquals("PERMIT", scene.of(NOTE));
        assertEquals("CONSENT", scene.explain(NOTE).reason().name());
    }

    @Test
    void disasterIsForMedicalInstitutionsAndTheUsualData() {
        Scene scene = new Scene()
                .purpose("DISASTER")
                .emergency(ground(EmergencyGround.Kind.DISASTER, null, EmergencyGround.Step.FULL));
        assertEquals("PERMIT", scene.of(ALLERGY));
        assertEquals("PERMIT", scene.of(resource("Observation", "checkup-specific")));
        Facts old = resource("Observation", Tokens.of(Set.of("checkup-specific")), Labels.NORMAL, day("2021-05-31"));
        assertEquals("DEFAULT", scene.of(old), "recent checkups only");
        assertEquals("DEFAULT", scene.of(LAB));
        assertEquals("DEFAULT", scene.by(company("shop", "retail")).of(ALLERGY));
    }

    private static StatutoryRule order(Set<String> approvers, boolean notify) {
        Elements scope = DirectiveReader.read(PERMIT_BTG
                        .replace("BTG", "PUBHLTH")
                        .replace("'ALL'", "[{'category':['infection-sensitive']}]")
                        .replace('\'', '"')
                        .getBytes(StandardCharsets.UTF_8))
                .base();
        return new StatutoryRule("APPI27-1-1", "order-7", scope, approvers, notify);
    }

    @Test
    void anOrderOfTheLawStandsBeforeADeny() {
        Facts infection = resource("Condition", "infection-sensitive", labels(Confidentiality.R, "HIV"));
        Scene scene = new Scene()
                .purpose("PUBHLTH")
                .says(deny("never"))
                .given(Circumstances.NONE.withStatutory(List.of(order(Set.of("a", "b"), true))));
        assertEquals("PERMIT", scene.of(infection));
        assertEquals("STATUTORY", scene.explain(infection).reason().name());
        assertEquals("order-7", scene.permit().basis().order());
        assertTrue(scene.obligations(infection).contains(Obligation.NOTIFY_PERSON));
        assertEquals("EXPLICIT", scene.of(LAB));
        assertEquals("EXPLICIT", scene.by(Scene.clinic("other")).of(infection));
        Scene one = new Scene()
                .purpose("PUBHLTH")
                .given(Circumstances.NONE.withStatutory(List.of(order(Set.of("a"), false))));
        assertEquals("DEFAULT", one.of(infection), "two approvers");
    }

    @Test
    void aUnitIsItsOrganisationOnlyWhenSaid() {
        String permit = PERMIT_BTG.replace("BTG", "TREAT");
        Party ward = new Party("ward", Set.of(), Set.of(), "JP", Set.of("c"));
        assertEquals("DEFAULT", new Scene().by(ward).says(permit).of(LAB));
        assertEquals(
                "PERMIT",
                new Scene()
                        .by(ward)
                        .says(permit.replace("'id':'c'", "'id':'c','includeUnits':true"))
                        .of(LAB));
    }
}
