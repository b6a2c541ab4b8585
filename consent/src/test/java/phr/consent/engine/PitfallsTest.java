package phr.consent.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static phr.consent.engine.Scene.at;
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
import phr.consent.AccessRequest;
import phr.consent.Action;
import phr.consent.Capacity;
import phr.consent.Denial;
import phr.consent.Obligation;
import phr.consent.directive.Directive;
import phr.consent.directive.Elements;
import phr.consent.directive.State;
import phr.fhir.PersonId;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.Tokens;

/** Pitfalls of consent-semantics.md §18, by number, and the fine print of §4. */
class PitfallsTest {

    private static final Facts LAB = resource("Observation", "lab");

    private static String permit(String rest) {
        String base = "{'effect':'PERMIT','grantees':[{'kind':'ORGANISATION','id':'c'}],'purposes':['TREAT'],"
                + "'actions':['read'],'selectors':'ALL','labels':'ANY'}";
        return rest.isEmpty() ? base : base.substring(0, base.length() - 1) + "," + rest + "}";
    }

    private static String deny(String rest) {
        return "{'effect':'DENY','grantees':[{'kind':'ANY'}],'emergency':'never'," + rest + "}";
    }

    private static String labelled(String ceiling) {
        return permit("").replace("'labels':'ANY'", "'labels':" + ceiling);
    }

    private static String selecting(String selectors) {
        return permit("").replace("'selectors':'ALL'", "'selectors':" + selectors);
    }

    private static Facts at(DataTime time) {
        return resource("Observation", Tokens.of(Set.of("lab")), Labels.NORMAL, time);
    }

    @Test
    @DisplayName("P-1 a missing actor is nobody in a permit")
    void p1APermitWithoutGranteeIsForNobody() {
        Directive permit =
                Directive.permit("d", Elements.NONE.withPurposes("TREAT").withActions(Action.READ));
        assertEquals("DEFAULT", new Scene().says(permit).of(LAB));
    }

    @Test
    @DisplayName("P-4, §20 two purposes asked, one match enough: every declared purpose must be permitted")
    void p4EveryDeclaredPurposeMustBePermitted() {
        Scene scene = new Scene().says(permit(""));
        assertEquals("PERMIT", scene.purpose("TREAT").of(LAB));
        assertEquals("DEFAULT", scene.purpose("TREAT", "HRESCH").of(LAB));
        assertEquals("PERMIT", scene.purpose("TREAT", "TREAT").of(LAB));
    }

    @Test
    @DisplayName("P-5 labels are ordered")
    void p5LabelsAreOrdered() {
        Scene scene = new Scene().says(labelled("{'max':'N','sensitivities':[]}"));
        for (Confidentiality level :
                List.of(Confidentiality.U, Confidentiality.L, Confidentiality.M, Confidentiality.N)) {
            assertEquals("PERMIT", scene.of(resource("Observation", "lab", labels(level))));
        }
        assertEquals("DEFAULT", scene.of(resource("Observation", "lab", labels(Confidentiality.R))));
        assertEquals("DEFAULT", scene.of(resource("Observation", "lab", labels(Confidentiality.V))));
    }

    @Test
    @DisplayName("P-6 every sensitivity must be covered")
    void p6EverySensitivityMustBeCovered() {
        Scene scene = new Scene().says(labelled("{'max':'R','sensitivities':['MH']}"));
        assertEquals("PERMIT", scene.of(resource("Observation", "lab", labels(Confidentiality.R, "PSY"))));
        assertEquals("DEFAULT", scene.of(resource("Observation", "lab", labels(Confidentiality.R, "PSY", "HIV"))));
        assertEquals("DEFAULT", scene.of(resource("Observation", "lab", labels(Confidentiality.R, "https://x|y"))));
    }

    @Test
    void unlabelledCountsAsRestrictedAndUnknown() {
        Facts unlabelled = resource("Observation", "lab", Labels.UNLABELLED);
        assertEquals(
                "DEFAULT",
                new Scene().says(labelled("{'max':'V','sensitivities':['MH']}")).of(unlabelled));
        assertEquals(
                "PERMIT",
                new Scene().says(labelled("{'max':'R','sensitivities':'ANY'}")).of(unlabelled));
        assertEquals("PERMIT", new Scene().says(permit("")).of(unlabelled));
        assertEquals(
                "EXPLICIT",
                new Scene()
                        .says(permit(""), deny("'labels':{'sensitivities':['SEX']}"))
                        .of(unlabelled));
    }

    @Test
    @DisplayName("P-7 a date-only end is the whole last day in Tokyo")
    void p7TheWholeLastDayInTokyoCounts() {
        Scene scene = new Scene().says(permit("'validity':{'end':'2026-04-30'}"));
        assertEquals("PERMIT", scene.now("2026-04-30T23:59:59.999999+09:00").of(LAB));
        assertEquals("PERMIT", scene.now("2026-04-30T14:59:59Z").of(LAB));
        assertEquals("DEFAULT", scene.now("2026-05-01T00:00:00+09:00").of(LAB));
    }

    @Test
    @DisplayName("P-8 a partial date is its whole span")
    void p8APartialDateIsItsWholeSpan() {
        DataTime march = Scene.days("2023-03-01", "2023-03-31");
        assertEquals(
                "PERMIT",
                new Scene()
                        .says(permit("'dataPeriod':{'start':'2023-03','end':'2023-03'}"))
                        .of(at(march)));
        assertEquals(
                "DEFAULT",
                new Scene().says(permit("'dataPeriod':{'start':'2023-03-02'}")).of(at(march)));
        assertEquals(
                "EXPLICIT",
                new Scene()
                        .says(permit(""), deny("'dataPeriod':{'start':'2023-03-31'}"))
                        .of(at(march)));
    }

    @Test
    @DisplayName("P-9 data without date are withheld by every window")
    void p9DataWithoutDateAreWithheldByEveryWindow() {
        Facts undated = at(DataTime.UNKNOWN);
        assertEquals("PERMIT", new Scene().says(permit("'dataPeriod':'ANY'")).of(undated));
        assertEquals(
                "DEFAULT",
                new Scene().says(permit("'dataPeriod':{'start':'1900'}")).of(undated));
        assertEquals(
                "EXPLICIT",
                new Scene()
                        .says(permit(""), deny("'dataPeriod':{'end':'1900'}"))
                        .of(undated));
    }

    @Test
    @DisplayName("P-11 a period over the border is not contained and overlaps")
    void p11APeriodOverTheBorderIsNotContainedAndOverlaps() {
        Facts straddling = at(Scene.days("2025-03-30", "2025-04-01"));
        assertEquals(
                "DEFAULT",
                new Scene().says(permit("'dataPeriod':{'end':'2025-03-31'}")).of(straddling));
        assertEquals(
                "EXPLICIT",
                new Scene()
                        .says(permit(""), deny("'dataPeriod':{'end':'2025-03-30'}"))
                        .of(straddling));
        Facts running = at(DataTime.between(Scene.at("2020-01-01T00:00:00+09:00"), null));
        assertEquals(
                "DEFAULT",
                new Scene().says(permit("'dataPeriod':{'end':'2100'}")).of(running));
        assertEquals(
                "PERMIT",
                new Scene().says(permit("'dataPeriod':{'start':'2020'}")).of(running));
    }

    @Test
    @DisplayName("P-12 instants are compared, not local dates")
    void p12InstantsAreComparedNotLocalDates() {
        Instant start = Scene.at("2020-12-04T23:50:50-05:00");
        Facts late = at(DataTime.between(start, start.plusSeconds(1)));
        assertEquals(
                "DEFAULT",
                new Scene().says(permit("'dataPeriod':{'end':'2020-12-04'}")).of(late));
        assertEquals(
                "PERMIT",
                new Scene()
                        .says(permit("'dataPeriod':{'start':'2020-12-05','end':'2020-12-05'}"))
                        .of(late));
    }

    @Test
    @DisplayName("P-13 an unreadable deny denies everything")
    void p13AnUnreadableDenyDeniesEverything() {
        Scene scene = new Scene().says(permit("")).says(Directive.unreadableDeny("broken", 1, State.ACTIVE));
        assertEquals("EXPLICIT", scene.of(LAB));
        assertEquals("EXPLICIT", scene.refusal());
    }

    @Test
    @DisplayName("P-14 an error of the engine is a deny")
    void p14AnErrorOfTheEngineIsADeny() {
        Scene scene = new Scene().says(permit(""));
        Policy foreign = new Policy(new PersonId(UUID.randomUUID()), 1, List.of());
        Instant now = Scene.at("2026-06-01T10:00:00+09:00");
        assertEquals(Denial.Reason.INDETERMINATE, Scene.reason(Engine.compile(scene.request(), foreign, now)));
        Facts organisation = resource("Organization", Tokens.ABSENT, Labels.NORMAL, DataTime.UNKNOWN);
        assertEquals(
                Denial.Reason.INDETERMINATE,
                Scene.reason(Engine.decide(
                        scene.request(),
                        scene.policy(),
                        organisation,
                        reference -> {
                            throw new IllegalStateException("no links");
                        },
                        now)));
    }

    @Test
    @DisplayName("P-24 a call without context is incomplete")
    void p24WhatIsMissingIsNamed() {
        AccessRequest empty = new AccessRequest(null, null, null, false, null, Set.of(), null, List.of(), null);
        Denial denial = (Denial) Engine.compile(empty, new Scene().policy(), Instant.EPOCH);
        assertEquals(Denial.Reason.INCOMPLETE, denial.reason());
        assertEquals(
                List.of("subject", "app", "user", "organisation", "capacity", "purposes", "action"), denial.missing());
    }

    @Test
    @DisplayName("P-27 the clock is an input")
    void p27TheClockIsAnInput() {
        Scene scene = new Scene().says(permit("'validity':{'start':'1999-01-01','end':'1999-12-31'}"));
        assertEquals("PERMIT", scene.now("1999-06-01T00:00:00+09:00").of(LAB));
        assertEquals("DEFAULT", scene.now("2099-06-01T00:00:00+09:00").of(LAB));
    }

    @Test
    void aPermitLivesUntilTheNextChangeInTime() {
        Scene scene = new Scene().says(permit("'validity':{'end':'2026-06-01T10:04:59+09:00'}"), permit(""));
        assertEquals(Scene.at("2026-06-01T10:05:00+09:00"), scene.permit().validUntil());
        Scene later = new Scene().says(permit(""), deny("'validity':{'start':'2026-06-01T10:03:00+09:00'}"));
        assertEquals(Scene.at("2026-06-01T10:03:00+09:00"), later.permit().validUntil());
        assertEquals(
                Scene.at("2026-06-01T10:15:00+09:00"),
                new Scene().says(permit("")).permit().validUntil());
    }

    @Test
    @DisplayName("P-33 the vendor of the app receives too and must be covered")
    void p33TheVendorReceivesTooAndMustBeCovered() {
        Scene scene = new Scene().says(permit("")).through("viewer", company("x", "other-industry"));
        assertEquals("DEFAULT", scene.of(LAB));
        String vendor = permit("").replace("'ORGANISATION','id':'c'", "'APP','id':'viewer'");
        assertEquals("PERMIT", scene.says(vendor).of(LAB));
        assertEquals(
                "EXPLICIT",
                scene.says(deny("'selectors':'ALL'").replace("'ANY'", "'ORGANISATION','id':'x'"))
                        .of(LAB));
    }

    @ParameterizedTest
    @DisplayName("P-34 explicit-only purposes are not covered by their parent")
    @ValueSource(strings = {"BTG", "CLINTRL", "POPHLTH"})
    void p34ExplicitOnlyPurposesAreNotCoveredByTheirParent(String purpose) {
        assertEquals("DEFAULT", new Scene().says(permit("")).purpose(purpose).of(LAB));
        assertEquals(
                "EXPLICIT",
                new Scene()
                        .says(permit(""), deny("'purposes':['TREAT']"))
                        .purpose(purpose)
                        .of(LAB));
    }

    @Test
    void aPermitForAParentCoversItsChildrenAndNotTheOtherWay() {
        assertEquals("PERMIT", new Scene().says(permit("")).purpose("COC").of(LAB));
        assertEquals("PERMIT", new Scene().says(permit("")).purpose("ERTREAT").of(LAB));
        String child = permit("").replace("'TREAT'", "'COC'");
        assertEquals("DEFAULT", new Scene().says(child).purpose("TREAT").of(LAB));
        assertEquals(
                "PERMIT",
                new Scene()
                        .says(permit(""), deny("'purposes':['COC']"))
                        .purpose("TREAT")
                        .of(LAB));
    }

    @Test
    void anUnknownCategoryOpensNothingAndIsCaughtByADeny() {
        Facts opaque = resource("DocumentReference", Tokens.UNKNOWN, Labels.UNLABELLED, day("2026-01-01"));
        assertEquals(
                "DEFAULT",
                new Scene().says(selecting("[{'category':['lab','raw-file']}]")).of(opaque));
        assertEquals("PERMIT", new Scene().says(permit("")).of(opaque));
        assertEquals(
                "EXPLICIT",
                new Scene()
                        .says(permit(""), deny("'selectors':[{'category':['genetic']}]"))
                        .of(opaque));
    }

    @Test
    void anOriginalNeedsItselfAndAllItsCategoriesNamed() {
        Facts original = resource(
                "Binary", Tokens.of(Set.of("raw-file", "lab", "checkup-specific")), Labels.NORMAL, day("2026-01-01"));
        assertEquals(
                "DEFAULT",
                new Scene()
                        .says(selecting("[{'category':['lab','checkup-specific']}]"))
                        .of(original));
        assertEquals(
                "DEFAULT",
                new Scene().says(selecting("[{'category':['raw-file','lab']}]")).of(original));
        assertEquals(
                "PERMIT",
                new Scene()
                        .says(selecting("[{'category':['raw-file']},{'category':['lab','checkup-specific']}]"))
                        .of(original));
        assertEquals(
                "EXPLICIT",
                new Scene()
                        .says(permit(""), deny("'selectors':[{'category':['lab']}]"))
                        .of(original));
    }

    @Test
    @DisplayName("P-30 consent records are for the person and the engine")
    void consentRecordsAreForNobodyElse() {
        Facts record = resource("AuditEvent", "consent-record", Labels.NORMAL);
        assertEquals("LAW", new Scene().says(permit("")).of(record));
    }

    @Test
    void countriesOtherThanJapanMustBeNamed() {
        phr.consent.Party abroad = new phr.consent.Party("c", Set.of(), Set.of(), "US");
        assertEquals("DEFAULT", new Scene().by(abroad).says(permit("")).of(LAB));
        assertEquals(
                "PERMIT",
                new Scene().by(abroad).says(permit("'countries':['US']")).of(LAB));
        assertEquals("DEFAULT", new Scene().says(permit("'countries':['US']")).of(LAB));
    }

    @Test
    void proxiesAndOperatorsReachNoDirective() {
        assertEquals(
                "INCOMPLETE", new Scene().says(permit("")).as(Capacity.PROXY).of(LAB));
        assertEquals(
                "DEFAULT", new Scene().says(permit("")).as(Capacity.OPERATOR).of(LAB));
    }

    @Test
    void writingNeedsAPermitToContribute() {
        assertEquals(
                "DEFAULT",
                new Scene().says(permit("")).action(Action.CONTRIBUTE).refusal());
        Scene writer =
                new Scene().says(permit("").replace("'read'", "'contribute'")).action(Action.CONTRIBUTE);
        assertEquals("PERMIT", writer.of(LAB));
        assertEquals("DEFAULT", writer.action(Action.READ).refusal());
    }

    @Test
    void thePatientIsShownWithoutNameUnlessDemographicsArePermitted() {
        Facts patient = resource("Patient", "demographics");
        Scene lab = new Scene().says(selecting("[{'category':['lab']}]"));
        assertEquals(
                Set.of(Obligation.KEEP_LABELS, Obligation.MASK_REFERENCES, Obligation.REDACT_DEMOGRAPHICS),
                lab.obligations(patient));
        Scene whole = new Scene().says(selecting("[{'category':['demographics']}]"));
        assertEquals(Set.of(Obligation.KEEP_LABELS, Obligation.MASK_REFERENCES), whole.obligations(patient));
        whole.says(deny("'selectors':[{'category':['demographics']}]"));
        assertTrue(whole.obligations(patient).contains(Obligation.REDACT_DEMOGRAPHICS));
        assertEquals("DEFAULT", new Scene().of(patient));
    }

    @Test
    void aSupportingResourceFollowsAPermittedOne() {
        Facts doctor = resource("Practitioner", Tokens.ABSENT, Labels.NORMAL, DataTime.UNKNOWN);
        Facts role = resource("PractitionerRole", Tokens.ABSENT, Labels.NORMAL, DataTime.UNKNOWN, doctor.reference());
        Facts seen =
                resource("Observation", Tokens.of(Set.of("lab")), Labels.NORMAL, day("2026-01-01"), role.reference());
        Scene scene = new Scene().says(selecting("[{'category':['lab']}]"));
        assertEquals("PERMIT", scene.among(seen, role, doctor).of(role));
        assertEquals("PERMIT", scene.of(doctor), "over PractitionerRole two hops");
        assertEquals("DEFAULT", scene.among(role, doctor).of(doctor));
        scene.among(seen, role, doctor).says(deny("'selectors':[{'resourceType':['PractitionerRole']}]"));
        assertEquals("EXPLICIT", scene.of(role));
        assertEquals("DEFAULT", scene.of(doctor));
    }

    @Test
    void anOlderFreerPermitIsNotSpoiledByANewNarrowOne() {
        Scene scene = new Scene()
                .says(permit("'conditions':[{'code':'NO_ONWARD'}]").replace("{'effect'", "{'id':'a','effect'"));
        assertTrue(scene.obligations(LAB).contains(Obligation.NO_ONWARD));
        scene.says(permit("").replace("{'effect'", "{'id':'b','effect'"));
        assertEquals(Set.of(Obligation.KEEP_LABELS, Obligation.MASK_REFERENCES), scene.obligations(LAB));
    }

    @Test
    void frozenPermitsSleepAndFrozenDeniesAct() {
        assertEquals("DEFAULT", new Scene().says(permit("'state':'FROZEN'")).refusal());
        assertEquals(
                "EXPLICIT",
                new Scene().says(permit(""), deny("'state':'FROZEN'")).refusal());
        for (State state : State.values()) {
            boolean acts = state == State.ACTIVE;
            assertEquals(
                    acts ? "PERMIT" : "DEFAULT",
                    new Scene().says(permit("'state':'" + state + "'")).refusal());
        }
    }

    @Test
    void relationsGatherAroundAnEncounter() {
        Facts encounter = resource("Encounter", "encounter");
        Facts inside = resource(
                "Observation", Tokens.of(Set.of("lab")), Labels.NORMAL, day("2026-01-01"), encounter.reference());
        Scene scene = new Scene()
                .says(selecting("[{'relatedTo':[{'meaning':'related','reference':'" + encounter.reference() + "'}]}]"))
                .among(encounter, inside);
        assertEquals("PERMIT", scene.of(encounter));
        assertEquals("PERMIT", scene.of(inside));
        assertEquals("DEFAULT", scene.of(LAB));
    }
}
