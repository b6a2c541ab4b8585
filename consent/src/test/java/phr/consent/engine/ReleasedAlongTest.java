package phr.consent.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static phr.consent.engine.Scene.day;
import static phr.consent.engine.Scene.resource;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phr.consent.Obligation;
import phr.consent.emergency.EmergencyGround;
import phr.consent.trace.Explained;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.Tokens;

/** Supporting resources and the Patient, which no permit names, follow what is permitted (consent-semantics.md §4.2). */
class ReleasedAlongTest {

    private static final String PERMIT = "{'effect':'PERMIT','grantees':[{'kind':'ORGANISATION','id':'c'}],"
            + "'purposes':['TREAT'],'actions':['read'],'selectors':%s,'labels':'ANY'}";
    private static final String LAB = PERMIT.formatted("[{'category':['lab']}]");
    private static final String MEANS = PERMIT.formatted("'ALL'")
            .replace("'ANY'}", "'ANY','conditions':[{'code':'AGGREGATE_ONLY','unit':'WEEK','functions':['mean']}]}");

    private static final Facts DOCTOR = supporting("Practitioner");
    private static final Facts ROLE = supporting("PractitionerRole", DOCTOR.reference());

    private static Facts supporting(String type, String... linksOut) {
        return resource(type, Tokens.ABSENT, Labels.NORMAL, DataTime.UNKNOWN, linksOut);
    }

    private static Facts observation(String category, Facts linked) {
        return resource(
                "Observation", Tokens.of(Set.of(category)), Labels.NORMAL, day("2026-01-01"), linked.reference());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Organization",
                "Practitioner",
                "PractitionerRole",
                "Location",
                "Device",
                "Medication",
                "Substance"
            })
    void itIsReleasedByAPermittedResourceAndByNoOther(String type) {
        Facts it = supporting(type);
        Facts permitted = observation("lab", it);
        Facts other = observation("dental", it);
        assertEquals("PERMIT", new Scene().says(LAB).among(it, permitted, other).of(it));
        assertEquals("DEFAULT", new Scene().says(LAB).among(it, other).of(it));
        assertEquals("DEFAULT", new Scene().says(LAB).among(it).of(it));
        assertEquals("DEFAULT", new Scene().among(it, permitted).of(it));
        Explained released = new Scene().says(LAB).among(it, permitted).explain(it);
        assertEquals("CONSENT", released.reason().name());
        assertEquals(List.of(Obligation.KEEP_LABELS), released.obligations());
    }

    @Test
    void aPermitThatNamesItOpensNothing() {
        Facts device = supporting("Device");
        String named = PERMIT.formatted("[{'resourceType':['Device','Observation']}]");
        assertEquals("DEFAULT", new Scene().says(named).among(device).of(device));
    }

    @Test
    void rowsOfWhichOnlyAggregatesLeaveReleaseNothing() {
        Facts device = supporting("Device");
        Scene scene = new Scene()
                .says(MEANS, PERMIT.formatted("[{'category':['dental']}]"))
                .among(device, observation("lab", device));
        assertEquals("DEFAULT", scene.of(device));
        assertEquals(
                "PERMIT", scene.among(device, observation("dental", device)).of(device));
    }

    @Test
    void twoHopsLeadOverAPractitionerRoleOnly() {
        Facts permitted = observation("lab", ROLE);
        Facts other = observation("dental", ROLE);
        assertEquals(
                "PERMIT", new Scene().says(LAB).among(DOCTOR, ROLE, permitted).of(DOCTOR));
        assertEquals("DEFAULT", new Scene().says(LAB).among(DOCTOR, ROLE, other).of(DOCTOR));
        Facts place = supporting("Location", DOCTOR.reference());
        Facts there = observation("lab", place);
        assertEquals(
                "DEFAULT", new Scene().says(LAB).among(DOCTOR, place, there).of(DOCTOR));
        Facts service = supporting("Organization", ROLE.reference());
        Facts by = observation("lab", service);
        assertEquals(
                "DEFAULT",
                new Scene().says(LAB).among(DOCTOR, ROLE, service, by).of(DOCTOR),
                "three hops are too many");
    }

    @Test
    void everyPurposeMustPermitWhatReleasesIt() {
        Facts device = supporting("Device");
        Scene scene = new Scene()
                .says(LAB, PERMIT.formatted("[{'category':['dental']}]").replace("TREAT", "HPAYMT"))
                .purpose("TREAT", "HPAYMT")
                .among(device, observation("lab", device));
        assertEquals("DEFAULT", scene.of(device));
    }

    @Test
    void aDenyByTypeCodeOrInstanceHidesItAndOneByCategoryOrForAllDataDoesNot() {
        Facts device = supporting("Device");
        String deny = "{'effect':'DENY','grantees':[{'kind':'ANY'}],'emergency':'never',%s}";
        Scene scene = new Scene().says(LAB).among(device, observation("lab", device));
        for (String hides : List.of("[{'resourceType':['Device']}]", "[{'instance':['" + device.reference() + "']}]")) {
            Scene hidden = new Scene().says(LAB).among(device, observation("lab", device));
            assertEquals(
                    "EXPLICIT",
                    hidden.says(deny.formatted("'selectors':" + hides)).of(device));
            assertEquals("NO_MATCH SELECTOR", hidden.step("d0@1", device));
        }
        assertEquals(
                "PERMIT",
                scene.says(deny.formatted("'selectors':[{'category':['dental']}]"))
                        .of(device));
        assertEquals(
                "PERMIT", scene.says(deny.formatted("'labels':{'min':'R'}")).of(device));
        Facts opaque = resource("Device", Tokens.UNKNOWN, Labels.NORMAL, DataTime.UNKNOWN);
        assertEquals("PERMIT", scene.among(opaque, observation("lab", opaque)).of(opaque));
        scene.among(device, observation("lab", device));
        String restricted = "'selectors':[{'resourceType':['Device']}],";
        assertEquals(
                "PERMIT",
                scene.says(deny.formatted(restricted + "'labels':{'min':'R'}")).of(device));
        assertEquals(
                "EXPLICIT",
                scene.says(deny.formatted(restricted + "'dataPeriod':{'end':'1900'}"))
                        .of(device),
                "its time is unknown");
    }

    @Test
    void aDenyThatGivesWayToAnEmergencyShowsItAgain() {
        Facts device = supporting("Device");
        EmergencyGround glass = new EmergencyGround(
                EmergencyGround.Kind.BTG,
                "dr",
                null,
                Scene.at("2026-06-01T09:30:00+09:00"),
                Scene.at("2026-06-01T10:30:00+09:00"),
                EmergencyGround.Step.FULL);
        String deny = "{'id':'no','effect':'DENY','grantees':[{'kind':'ANY'}],"
                + "'selectors':[{'resourceType':['Device']}],'emergency':'%s'}";
        Scene allowed = new Scene()
                .purpose("BTG")
                .emergency(glass)
                .among(device, observation("lab", device))
                .says(deny.formatted("allowed"));
        assertEquals("PERMIT", allowed.of(device));
        assertEquals("LIFTED", allowed.step("no@1", device));
        Scene never = new Scene()
                .purpose("BTG")
                .emergency(glass)
                .among(device, observation("lab", device))
                .says(deny.formatted("never"));
        assertEquals("EXPLICIT", never.of(device));
    }

    @Test
    void thePatientIsWholeOnlyWhereRowsOfDemographicsArePermitted() {
        Facts patient = resource("Patient", "demographics");
        Scene aggregated = new Scene().says(MEANS, LAB);
        assertTrue(aggregated.obligations(patient).contains(Obligation.REDACT_DEMOGRAPHICS));
        assertTrue(aggregated.explain(patient).obligations().contains(Obligation.REDACT_DEMOGRAPHICS));
        assertEquals("CONSENT", aggregated.explain(patient).reason().name());
        assertEquals(
                List.of(),
                new Scene().says(LAB).explain(patient).basis().directives(),
                "no directive permits what is always shown");
    }

    @Test
    void thePatientOfAnEmergencyIsShownByTheEmergencyAndForOtherPurposesByConsent() {
        Facts patient = resource("Patient", "demographics");
        EmergencyGround glass = new EmergencyGround(
                EmergencyGround.Kind.BTG,
                "dr",
                null,
                Scene.at("2026-06-01T09:30:00+09:00"),
                Scene.at("2026-06-01T10:30:00+09:00"),
                EmergencyGround.Step.FULL);
        Scene scene = new Scene().says(LAB).emergency(glass).purpose("BTG", "TREAT");
        assertEquals(
                List.of("EMERGENCY", "CONSENT"),
                scene.explain(patient).purposes().stream()
                        .map(answer -> answer.reason().name())
                        .toList());
        assertEquals("APPI27-1-2", scene.explain(patient).basis().code());
        assertEquals("PERMIT", scene.of(patient));
    }

    @Test
    void aPermitForTheGlassStandsBeforeTheEmergencyUnlessItOpensNoRow() {
        Facts allergy = resource("AllergyIntolerance", "allergy");
        EmergencyGround glass = new EmergencyGround(
                EmergencyGround.Kind.BTG,
                "dr",
                null,
                Scene.at("2026-06-01T09:30:00+09:00"),
                Scene.at("2026-06-01T10:30:00+09:00"),
                EmergencyGround.Step.SUMMARY);
        Scene rows = new Scene()
                .purpose("BTG")
                .emergency(glass)
                .says(PERMIT.formatted("'ALL'").replace("TREAT", "BTG"));
        assertEquals("CONSENT", rows.explain(allergy).reason().name());
        assertEquals(Set.of(Obligation.KEEP_LABELS, Obligation.MASK_REFERENCES), rows.obligations(allergy));
        Scene means = new Scene().purpose("BTG").emergency(glass).says(MEANS.replace("TREAT", "BTG"));
        assertEquals("EMERGENCY", means.explain(allergy).reason().name());
        assertTrue(means.obligations(allergy).contains(Obligation.NOTIFY_PERSON));
        assertEquals("DEFAULT", means.of(resource("Observation", "lab")));
    }
}
