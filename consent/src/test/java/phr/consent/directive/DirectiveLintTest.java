package phr.consent.directive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;

class DirectiveLintTest {

    private static final Instant NOW = Instant.parse("2026-03-31T15:00:00Z");

    private static final String PERMIT = "{'effect':'PERMIT','grantees':[{'kind':'ORGANISATION','id':'c'}],"
            + "'purposes':['TREAT'],'actions':['read'],'selectors':[{'category':['lab']}],"
            + "'labels':{'max':'N','sensitivities':[]}}";

    private static final String DENY = "{'effect':'DENY','grantees':[{'kind':'ANY'}],'emergency':'never'}";

    @Test
    void aPlainPermitAndAPlainDenyHaveNoFindings() {
        assertEquals(List.of(), check(PERMIT));
        assertEquals(List.of(), check(DENY));
    }

    @ParameterizedTest(name = "{0} without {1}")
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '"',
            value = {
                "L-1!'grantees':[{'kind':'ORGANISATION','id':'c'}],!/grantees",
                "L-1!'purposes':['TREAT'],!/purposes",
                "L-1!'actions':['read'],!/actions",
                "L-1!'selectors':[{'category':['lab']}],!/selectors",
                "L-1!,'labels':{'max':'N','sensitivities':[]}!/labels"
            })
    void l1APermitSaysEverything(String rule, String part, String pointer) {
        assertFinding(PERMIT.replace(part, ""), rule, Issue.Severity.ERROR, pointer);
    }

    @Test
    void aDenySaysToWhomAndWhatAnEmergencyMayDo() {
        assertFinding("{'effect':'DENY','emergency':'never'}", "CS-2", Issue.Severity.ERROR, "/grantees");
        assertFinding("{'effect':'DENY','grantees':[{'kind':'ANY'}]}", "CS-12", Issue.Severity.ERROR, "/emergency");
    }

    @Test
    void l2EverybodyGetsNothingSensitive() {
        String any = PERMIT.replace("'ORGANISATION','id':'c'", "'ANY'");
        assertEquals(List.of(), check(any));
        assertFinding(any.replace("'max':'N'", "'max':'R'"), "L-2", Issue.Severity.ERROR, "/labels");
        assertFinding(any.replace("[]", "['HIV']"), "L-2", Issue.Severity.ERROR, "/labels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"insurance-wellness", "travel-service", "HMARKT"})
    void l4InsuranceAndMarketingEndWithinAYear(String purpose) {
        String permit = PERMIT.replace("TREAT", purpose);
        assertFinding(permit, "L-4", Issue.Severity.ERROR, "/validity/end");
        String year = permit.replace("}}", "},'validity':{'start':'2026-04-01','end':'2027-03-31'}}");
        assertEquals(List.of(), check(year));
        assertFinding(year.replace("2027-03-31", "2027-04-01"), "L-4", Issue.Severity.ERROR, "/validity/end");
        assertEquals(List.of(), check(year.replace("'start':'2026-04-01',", "")), "from now");
    }

    @Test
    @DisplayName("P-2 an exception needs a condition")
    void l5AnExceptionNeedsACondition() {
        String empty = DENY.replace("'never'}", "'never','exceptions':[{'effect':'PERMIT'}]}");
        assertFinding(empty, "L-5", Issue.Severity.ERROR, "/exceptions/0");
    }

    @Test
    void l11UseWithoutReadIsAWarning() {
        assertFinding(PERMIT.replace("'read'", "'keep'"), "L-11", Issue.Severity.WARNING, "/actions");
        assertEquals(List.of(), check(PERMIT.replace("'read'", "'keep','read'")));
    }

    @Test
    void l12TreatmentAndAnotherServiceAreTwoQuestions() {
        assertFinding(PERMIT.replace("'TREAT'", "'TREAT','statistics'"), "L-12", Issue.Severity.ERROR, "/purposes");
    }

    @Test
    void l15ARecipientAbroadNeedsItsCountryNamed() {
        List<Issue> issues = DirectiveLint.check(read(PERMIT), NOW, grantee -> "US");
        assertEquals("L-15", issues.get(0).rule());
        String named = PERMIT.replace("}}", "},'countries':['US']}");
        assertEquals(List.of(), DirectiveLint.check(read(named), NOW, grantee -> "US"));
    }

    @Test
    void l16LabelsThatNeverCoverTheCategoryAreAWarning() {
        assertFinding(
                PERMIT.replace("'lab'", "'mental-health'"), "L-16", Issue.Severity.WARNING, "/selectors/0/category");
    }

    @Test
    void l16ASecondSelectorIsLocated() {
        String two = PERMIT.replace("{'category':['lab']}", "{'category':['lab']},{'category':['lab','claims']}");
        assertFinding(two, "L-16", Issue.Severity.WARNING, "/selectors/1/category");
        assertEquals(List.of(), check(two.replace("'max':'N'", "'max':'R'")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "{'category':['problem']}; true",
                "{'category':['lab','medication-self']}; true",
                "{'resourceType':['MedicationRequest']}; true",
                "{'category':['lab']}; false"
            })
    void l17AWindowWithAnEndLeavesOutWhatStillRuns(String selector, boolean expected) {
        String permit = PERMIT.replace("{'category':['lab']}", selector);
        assertEquals(List.of(), check(permit));
        assertEquals(List.of(), check(permit.replace("}}", "},'dataPeriod':{'start':'2020'}}")));
        String closed = permit.replace("}}", "},'dataPeriod':{'end':'2026'}}");
        assertEquals(
                expected ? List.of("L-17 INFORMATION") : List.of(),
                check(closed).stream()
                        .map(issue -> issue.rule() + " " + issue.severity())
                        .toList());
        String everything = closed.replace("[" + selector + "]", "'ALL'");
        assertFinding(everything, "L-17", Issue.Severity.INFORMATION, "/dataPeriod/end");
    }

    @Test
    void l3AProxyNeedsAnAuthority() {
        String proxy = PERMIT.replace("}}", "},'grantor':{'capacity':'GUARDIAN'}}");
        assertFinding(proxy, "L-3", Issue.Severity.ERROR, "/grantor/authority");
        String held = "'GUARDIAN','authority':'00000000-0000-4000-8000-00000000000a'";
        assertEquals(List.of(), check(proxy.replace("'GUARDIAN'", held)));
    }

    @Test
    void cs1EmergencyBelongsToDeniesAndConditionsToPermits() {
        assertFinding(PERMIT.replace("}}", "},'emergency':'never'}"), "CS-1", Issue.Severity.ERROR, "/emergency");
        assertFinding(
                DENY.replace("'never'}", "'never','conditions':[{'code':'NO_STORE'}]}"),
                "CS-1",
                Issue.Severity.ERROR,
                "/conditions");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'labels':'ANY'", "'labels':{'max':'N','sensitivities':'ANY'}"})
    void l2EverybodyGetsNoLabelWhateverTheCode(String labels) {
        String any = PERMIT.replace("'ORGANISATION','id':'c'", "'ANY'")
                .replace("'labels':{'max':'N','sensitivities':[]}", labels);
        assertFinding(any, "L-2", Issue.Severity.ERROR, "/labels");
    }

    @Test
    void l12TwoServicesOrTwoTreatmentsAreNoBundle() {
        assertEquals(List.of(), check(PERMIT.replace("'TREAT'", "'TREAT','COC','HPAYMT'")));
        assertEquals(List.of(), check(PERMIT.replace("'TREAT'", "'statistics','product-development'")));
        assertFinding(PERMIT.replace("'TREAT'", "'COC','statistics'"), "L-12", Issue.Severity.ERROR, "/purposes");
    }

    @Test
    void l15RecipientsInJapanOrOfUnknownCountryNeedNoName() {
        String two = PERMIT.replace("'id':'c'}", "'id':'c'},{'kind':'ORGANISATION','id':'d'}");
        assertEquals(List.of(), DirectiveLint.check(read(two), NOW, grantee -> "JP"));
        String abroad = two.replace("}}", "},'countries':['US']}");
        assertEquals(
                1,
                DirectiveLint.check(read(abroad), NOW, grantee -> "FR").size(),
                "one finding for however many recipients");
    }

    @ParameterizedTest
    @ValueSource(strings = {"use", "subscribe"})
    void l11NeedsReadForEveryKindOfUse(String action) {
        assertFinding(PERMIT.replace("'read'", "'" + action + "'"), "L-11", Issue.Severity.WARNING, "/actions");
        assertEquals(List.of(), check(PERMIT.replace("'read'", "'export'")));
    }

    @Test
    void l18IsLookedForInExceptionsToo() {
        String excepted = DENY.replace(
                "'never'}",
                "'never','exceptions':[{'effect':'PERMIT','purposes':['TREAT']},"
                        + "{'effect':'PERMIT','purposes':['https://x|y']}]}");
        assertFinding(excepted, "L-18", Issue.Severity.WARNING, "/exceptions/1/purposes");
        assertEquals(1, check(excepted).size());
    }

    @Test
    void l18AnUnknownPurposeIsAWarning() {
        assertFinding(PERMIT.replace("TREAT", "https://x|y"), "L-18", Issue.Severity.WARNING, "/purposes");
    }

    @Test
    void errorsRefuseAndWarningsDoNot() {
        assertThrows(
                FailureException.class, () -> DirectiveLint.require(read("{'effect':'DENY'}"), NOW, grantee -> null));
        String warned = PERMIT.replace("'read'", "'keep'");
        assertEquals(
                1, DirectiveLint.require(read(warned), NOW, grantee -> null).size());
    }

    private static void assertFinding(String json, String rule, Issue.Severity severity, String pointer) {
        assertTrue(
                check(json).stream()
                        .anyMatch(issue -> issue.rule().equals(rule)
                                && issue.severity() == severity
                                && issue.expressions().contains(pointer)),
                () -> rule + " at " + pointer);
    }

    private static List<Issue> check(String json) {
        return DirectiveLint.check(read(json), NOW, grantee -> null);
    }

    private static Directive read(String json) {
        return DirectiveReader.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
