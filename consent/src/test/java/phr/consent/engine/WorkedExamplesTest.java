package phr.consent.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static phr.consent.engine.Scene.clinic;
import static phr.consent.engine.Scene.company;
import static phr.consent.engine.Scene.day;
import static phr.consent.engine.Scene.days;
import static phr.consent.engine.Scene.labels;
import static phr.consent.engine.Scene.resource;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import phr.consent.Capacity;
import phr.consent.Party;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.Tokens;

/** The project's own examples, consent-semantics.md §19.3, every row a test. */
class WorkedExamplesTest {

    private static final Party WELLNESS = company("w-inc", "wellness");
    private static final Facts STEPS = resource("Observation", "lifelog-activity");
    private static final Facts SLEEP = resource("Observation", "lifelog-sleep");
    private static final Facts LAB = resource("Observation", "lab");
    private static final Facts HIV = resource("Condition", "problem", labels(Confidentiality.R, "HIV"));

    private static final String APP = "{'effect':'PERMIT','grantees':[{'kind':'APP','id':'w'}],"
            + "'purposes':['wellness-coaching'],'actions':['read'],"
            + "'selectors':[{'category':['lifelog-activity']}],'labels':{'max':'N','sensitivities':[]}}";

    private static String clinicPermit(String selectors, String labels) {
        return "{'effect':'PERMIT','grantees':[{'kind':'ORGANISATION','id':'c'}],'purposes':['TREAT'],"
                + "'actions':['read'],'selectors':" + selectors + ",'labels':" + labels + "}";
    }

    private static Scene wellnessApp() {
        return new Scene()
                .by(company("gym", "other-industry"))
                .through("w", WELLNESS)
                .purpose("wellness-coaching");
    }

    @Test
    @DisplayName("§19.3 Wellness app")
    void wellnessAppOfTheVendorReadsSteps() {
        assertEquals("PERMIT", wellnessApp().by(WELLNESS).says(APP).of(STEPS));
    }

    @Test
    @DisplayName("§19.3 Wellness app")
    void wellnessAppOfThePersonReadsSteps() {
        assertEquals("PERMIT", wellnessApp().as(Capacity.SELF).says(APP).of(STEPS));
    }

    @Test
    @DisplayName("§19.3 Same app, sleep")
    void sameAppDoesNotReadSleep() {
        assertEquals("DEFAULT", wellnessApp().by(WELLNESS).says(APP).of(SLEEP));
    }

    @Test
    @DisplayName("§19.3 Clinic with foreign viewer")
    void clinicWithForeignViewerIsRefusedForTheVendor() {
        Scene scene =
                new Scene().says(clinicPermit("'ALL'", "'ANY'")).through("viewer", company("x", "other-industry"));
        assertEquals("DEFAULT", scene.of(LAB));
        assertEquals("DEFAULT", scene.refusal());
    }

    private static final String HIDE_HIV =
            "{'effect':'DENY','grantees':[{'kind':'ANY'}]," + "'labels':{'sensitivities':['HIV']},'emergency':'never'}";

    @Test
    @DisplayName("§19.3 HIV hidden")
    void hivHiddenFromTheClinic() {
        Scene scene = new Scene().says(clinicPermit("'ALL'", "'ANY'"), HIDE_HIV);
        assertEquals("EXPLICIT", scene.of(HIV));
        assertEquals("PERMIT", scene.of(LAB));
    }

    @Test
    @DisplayName("§19.3 HIV hidden: emergency session")
    void hivHiddenInAnEmergencyToo() {
        Scene scene = new Scene().says(clinicPermit("'ALL'", "'ANY'"), HIDE_HIV).purpose("BTG");
        assertEquals("EXPLICIT", scene.of(HIV));
    }

    private static final String CHECKUPS = "{'effect':'PERMIT','grantees':[{'kind':'CLASS','id':'insurer-public'}],"
            + "'purposes':['health-guidance'],'actions':['read'],'selectors':[{'category':['checkup-specific']}],"
            + "'labels':{'max':'N','sensitivities':[]},'dataPeriod':{'start':'2024-04-01','end':'2025-03-31'}}";

    private static Facts checkup(DataTime time) {
        return resource("Observation", Tokens.of(Set.of("checkup-specific")), Labels.NORMAL, time);
    }

    private static Scene insurer() {
        return new Scene().by(company("kenpo", "insurer-public")).purpose("health-guidance");
    }

    @Test
    @DisplayName("§19.3 Checkup window: the last day")
    void checkupOfTheLastDayOfTheWindowIsInside() {
        assertEquals("PERMIT", insurer().says(CHECKUPS).of(checkup(day("2025-03-31"))));
    }

    @Test
    @DisplayName("§19.3 Checkup window: a period over the border")
    void checkupPeriodOverTheBorderIsNotContained() {
        assertEquals("DEFAULT", insurer().says(CHECKUPS).of(checkup(days("2025-03-30", "2025-04-01"))));
    }

    @Test
    @DisplayName("§19.3 Month precision")
    void aMonthOverlapsADeniedWeek() {
        Facts condition =
                resource("Condition", Tokens.of(Set.of("problem")), Labels.NORMAL, days("2023-03-01", "2023-03-31"));
        Scene scene = new Scene()
                .says(clinicPermit("'ALL'", "'ANY'"))
                .says("{'effect':'DENY','grantees':[{'kind':'ANY'}],'emergency':'never',"
                        + "'dataPeriod':{'start':'2023-03-15','end':'2023-03-20'}}");
        assertEquals("EXPLICIT", scene.of(condition));
    }

    @Test
    @DisplayName("§19.3 Claims under \"nothing sensitive\"")
    void claimsAreNotAmongNothingSensitive() {
        Facts claim = resource("ExplanationOfBenefit", "claims", labels(Confidentiality.R));
        assertEquals(
                "DEFAULT",
                new Scene()
                        .says(clinicPermit("'ALL'", "{'max':'N','sensitivities':[]}"))
                        .of(claim));
    }

    private static String namingHiv(Labels labels) {
        return new Scene()
                .says(clinicPermit("[{'category':['infection-sensitive']}]", "{'max':'N','sensitivities':['HIV']}"))
                .of(resource("Condition", "infection-sensitive", labels));
    }

    @Test
    @DisplayName("§19.3 Naming the reason covers its R")
    void namingTheReasonCoversItsR() {
        assertEquals("PERMIT", namingHiv(labels(Confidentiality.R, "HIV")));
    }

    @Test
    @DisplayName("§19.3 Naming the reason covers its R: not another one")
    void namingOneReasonDoesNotCoverAnother() {
        assertEquals("DEFAULT", namingHiv(labels(Confidentiality.R, "HIV", "SUD")));
    }

    @Test
    @DisplayName("§19.3 Naming the reason covers its R: not V")
    void namingTheReasonDoesNotCoverV() {
        assertEquals("DEFAULT", namingHiv(labels(Confidentiality.V, "HIV")));
    }

    private static final String STEPS_TO_NOBODY = "{'effect':'DENY','grantees':[{'kind':'ANY'}],'selectors':'ALL',"
            + "'emergency':'never','exceptions':[{'effect':'PERMIT','selectors':[{'category':['lifelog-activity']}]}]}";

    @Test
    @DisplayName("§19.3 Steps to nobody")
    void everythingButStepsToNobodyGivesTheStepsToNobody() {
        assertEquals("DEFAULT", new Scene().says(STEPS_TO_NOBODY).of(STEPS));
    }

    @Test
    @DisplayName("§19.3 Steps to one")
    void theStepsLeftOverCanBeGivenToOne() {
        Scene scene = wellnessApp().by(WELLNESS).says(STEPS_TO_NOBODY, APP);
        assertEquals("PERMIT", scene.of(STEPS));
        assertEquals("EXPLICIT", scene.of(SLEEP));
    }

    private static final String DOCTOR = "{'effect':'PERMIT','grantees':[{'kind':'PERSON','id':'dr'}],"
            + "'purposes':['TREAT'],'actions':['read'],'selectors':'ALL','labels':{'max':'N','sensitivities':[]}}";

    @Test
    @DisplayName("§19.3 Doctor by name")
    void doctorByNameThroughTheProcessorOfHerHospital() {
        assertEquals("PERMIT", new Scene().by(clinic("h")).says(DOCTOR).of(LAB));
    }

    @Test
    @DisplayName("§19.3 Doctor by name: through another vendor")
    void doctorByNameThroughAnotherVendor() {
        assertEquals(
                "DEFAULT",
                new Scene()
                        .by(clinic("h"))
                        .through("viewer", company("x", "other-industry"))
                        .says(DOCTOR)
                        .of(LAB));
    }

    @Test
    @DisplayName("§19.3 Weekly steps for an insurer: no single step")
    void weeklyStepsForAnInsurerOpenNoSingleStep() {
        Scene scene = new Scene()
                .by(company("ins", "insurer-private"))
                .purpose("insurance-wellness")
                .says("{'effect':'PERMIT','grantees':[{'kind':'ORGANISATION','id':'ins'}],"
                        + "'purposes':['insurance-wellness'],'actions':['read'],"
                        + "'selectors':[{'category':['lifelog-activity']}],'labels':{'max':'N','sensitivities':[]},"
                        + "'conditions':[{'code':'AGGREGATE_ONLY','unit':'WEEK','functions':['mean']}]}");
        assertEquals("DEFAULT", scene.of(STEPS));
        assertEquals("PERMIT", scene.refusal(), "the call is not refused");
        assertTrue(scene.permit().grants().isEmpty(), "not even the Patient is released");
        assertEquals("DEFAULT", scene.of(resource("Patient", "demographics")));
    }

    @Test
    @DisplayName("§19.3 Own data in a foreign app")
    void ownDataInAForeignAppNeedAPermitForTheApp() {
        assertEquals(
                "DEFAULT", wellnessApp().as(Capacity.SELF).purpose("PATRQT").of(STEPS));
    }

    @Test
    @DisplayName("§19.3 Own data in a foreign app: through the portal")
    void ownDataThroughThePortal() {
        Scene scene = new Scene().as(Capacity.SELF).throughPortal().purpose("PATRQT");
        assertEquals("PERMIT", scene.of(HIV));
        assertEquals("SELF", scene.permit().basis().code());
        assertEquals("PERMIT", scene.of(resource("Consent", "consent-record", labels(Confidentiality.V))));
    }

    private static final String CLINIC_VISIT = clinicPermit("[{'category':['checkup-specific']}]", "'ANY'")
            .replace(
                    "'effect'",
                    "'validity':{'start':'2026-06-01T09:12:00+09:00','end':'2026-06-02T09:11:59+09:00'},'effect'");

    @Test
    @DisplayName("§19.3 Clinic visit")
    void clinicVisitLastsExactlyTwentyFourHours() {
        Facts checkup = resource("Observation", "checkup-specific");
        Scene scene = new Scene().says(CLINIC_VISIT);
        assertEquals("DEFAULT", scene.now("2026-06-01T09:11:59+09:00").of(checkup));
        assertEquals("PERMIT", scene.now("2026-06-01T09:12:00+09:00").of(checkup));
        assertEquals("PERMIT", scene.now("2026-06-02T09:11:59+09:00").of(checkup));
        assertEquals("DEFAULT", scene.now("2026-06-02T09:12:00+09:00").of(checkup));
    }
}
