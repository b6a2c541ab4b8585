package phr.consent.directive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.fhir.failure.Issue;

/** Warnings and notices L-6 to L-10 and L-13 of consent-semantics.md §17.4: each with what calls for it and what does not. */
class ForesightTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private static final String PERMIT = "{'effect':'PERMIT','grantees':[{'kind':'ORGANISATION','id':'c'}],"
            + "'purposes':['TREAT'],'actions':['read'],'selectors':[{'category':['lab']}],"
            + "'labels':{'max':'N','sensitivities':[]}}";

    private static Directive read(String json) {
        return DirectiveReader.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static String with(String directive, String more) {
        return directive.substring(0, directive.length() - 1) + "," + more + "}";
    }

    private static List<String> found(String json) {
        return Foresight.of(read(json), NOW).stream().map(ForesightTest::told).toList();
    }

    private static List<String> beside(String permit, String... others) {
        List<Directive> known = Stream.of(others).map(ForesightTest::read).toList();
        return Foresight.beside(read(permit), known).stream()
                .map(ForesightTest::told)
                .toList();
    }

    private static String told(Issue issue) {
        return issue.rule() + " " + issue.expressions().get(0) + " " + issue.severity();
    }

    @ParameterizedTest(name = "{0} against {1}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "'purposes':['TREAT']; 'purposes':['HMARKT']; true",
                "'purposes':['TREAT']; 'purposes':['COC']; false",
                "'purposes':['COC']; 'purposes':['TREAT']; false",
                "'purposes':['COC','HPAYMT']; 'purposes':['HMARKT','CLMATTCH']; false",
                "'actions':['read']; 'actions':['export']; true",
                "'actions':['read','export']; 'actions':['export']; false",
                "'validity':{'end':'2026-03-31'}; 'validity':{'start':'2026-04-01'}; true",
                "'validity':{'start':'2026-04-01'}; 'validity':{'end':'2026-03-31'}; true",
                "'validity':{'end':'2026-04-01'}; 'validity':{'start':'2026-04-01'}; false",
                "'validity':{'start':'2026-04-01'}; 'validity':{'start':'2026-01-01'}; false",
                "'dataPeriod':{'end':'2020'}; 'dataPeriod':{'start':'2021'}; true",
                "'dataPeriod':{'end':'2020'}; 'dataPeriod':{'start':'2020'}; false",
                "'selectors':[{'resourceType':['Observation']}]; 'selectors':[{'resourceType':['Condition']}]; true",
                "'selectors':[{'resourceType':['Observation']}]; 'selectors':[{'resourceType':['Observation','Condition']}]; false",
                "'selectors':[{'resourceType':['Observation']}]; 'selectors':[{'category':['lab']}]; false",
                "'selectors':[{'resourceType':['Observation']},{'category':['lab']}]; 'selectors':[{'resourceType':['Condition']}]; false",
                "'selectors':'ALL'; 'selectors':[{'resourceType':['Condition']}]; false",
                "'purposes':['TREAT']; 'actions':['read']; false"
            })
    void l6AnExceptionOutsideTheRuleNeverMatches(String base, String exception, boolean expected) {
        String deny = "{'effect':'DENY','grantees':[{'kind':'ORGANISATION','id':'c'}],'emergency':'allowed',%s,"
                + "'exceptions':[{'effect':'PERMIT','countries':['JP']},{'effect':'PERMIT',%s}]}";
        List<String> expectedFindings = expected ? List.of("L-6 /exceptions/1 WARNING") : List.of();
        assertEquals(
                expectedFindings,
                found(deny.formatted(base, exception)).stream()
                        .filter(finding -> finding.startsWith("L-6"))
                        .toList());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "'emergency':'never','grantees':[{'kind':'ANY'}]; true",
                "'emergency':'allowed','grantees':[{'kind':'ANY'}]; false",
                "'emergency':'never','grantees':[{'kind':'ORGANISATION','id':'c'}]; false",
                "'emergency':'never'; true",
                "'emergency':'never','grantees':[{'kind':'ANY'}],'purposes':['TREAT']; true",
                "'emergency':'never','grantees':[{'kind':'ANY'}],'purposes':['HMARKT']; false",
                "'emergency':'never','grantees':[{'kind':'ANY'}],'purposes':['COC']; false"
            })
    void l7ADenyThatClosesTreatmentToEverybodyShowsItsConsequence(String elements, boolean expected) {
        String deny = "{'effect':'DENY','selectors':[{'category':['lab']}]," + elements + "}";
        assertEquals(expected ? List.of("L-7 /emergency WARNING") : List.of(), found(deny));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "'selectors':'ALL'; true",
                "'selectors':[{'category':['lab','allergy']}]; true",
                "'selectors':[{'category':['medication-self']}]; true",
                "'selectors':[{'resourceType':['MedicationRequest']}]; true",
                "'selectors':[{'category':['lab']}]; false",
                "'selectors':'ALL','purposes':['HMARKT']; false",
                "'selectors':'ALL','purposes':['TREAT']; true",
                "'actions':['read']; true"
            })
    void l13HidingAllergiesOrMedicinesFromAClinicIsToldToThePerson(String elements, boolean expected) {
        String deny = "{'effect':'DENY','emergency':'allowed','grantees':[{'kind':'ORGANISATION','id':'c'}]," + elements
                + "}";
        assertEquals(expected ? List.of("L-13 /selectors INFORMATION") : List.of(), found(deny));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "'dataPeriod':{'end':'2026-05-31'}; true",
                "'dataPeriod':{'end':'2026-06-01T09:00:00+09:00'}; false",
                "'dataPeriod':{'end':'2026-06-01T08:59:59+09:00'}; true",
                "'dataPeriod':{'end':'2026-06-02'}; false",
                "'dataPeriod':{'start':'2020'}; false",
                "'dataPeriod':'ANY'; false",
                "'dataPeriod':{'end':'2025'},'validity':{'end':'2027'}; false",
                "'dataPeriod':{'end':'2025'},'validity':{'start':'2026'}; true",
                "'validity':{'end':'2025'}; false"
            })
    void l9APastWindowOfDataWithoutEndOfValidityMayBeAMistake(String elements, boolean expected) {
        assertEquals(expected ? List.of("L-9 /dataPeriod WARNING") : List.of(), found(with(PERMIT, elements)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "'grantees':[{'kind':'ANY'}]; true",
                "'grantees':[{'kind':'ORGANISATION','id':'c'},{'kind':'ORGANISATION','id':'b'}]; true",
                "'grantees':[{'kind':'ORGANISATION','id':'b'}]; false",
                "'emergency':'allowed'; false",
                "'grantees':[{'kind':'ANY'}],'purposes':['TREAT']; true",
                "'grantees':[{'kind':'ANY'}],'purposes':['COC']; false",
                "'grantees':[{'kind':'ANY'}],'actions':['read','export']; true",
                "'grantees':[{'kind':'ANY'}],'actions':['export']; false",
                "'grantees':[{'kind':'ANY'}],'selectors':'ALL'; true",
                "'grantees':[{'kind':'ANY'}],'selectors':[{'category':['lab']}]; true",
                "'grantees':[{'kind':'ANY'}],'selectors':[{'category':['dental']}]; false",
                "'grantees':[{'kind':'ANY'}],'labels':'ANY'; true",
                "'grantees':[{'kind':'ANY'}],'labels':{'min':'R'}; false",
                "'grantees':[{'kind':'ANY'}],'dataPeriod':'ANY'; true",
                "'grantees':[{'kind':'ANY'}],'dataPeriod':{'end':'2025'}; false",
                "'grantees':[{'kind':'ANY'}],'countries':['JP']; false",
                "'grantees':[{'kind':'ANY'}],'validity':{'end':'2025'}; false",
                "'grantees':[{'kind':'ANY'}],'exceptions':[{'effect':'PERMIT','actions':['read']}]; false",
                "'grantees':[{'kind':'ANY'}],'state':'REVOKED'; false",
                "'grantees':[{'kind':'ANY'}],'state':'FROZEN'; true"
            })
    void l8APermitBehindAWiderDenyOpensNothing(String deny, boolean expected) {
        assertEquals(
                expected ? List.of("L-8 /effect WARNING") : List.of(),
                beside(PERMIT, "{'effect':'DENY'," + deny + "}"));
    }

    @Test
    void l8TheSameValidityIsShadowedToo() {
        String until = "'validity':{'end':'2026-12-31'}";
        String deny = "{'effect':'DENY','grantees':[{'kind':'ANY'}]," + until + "}";
        assertEquals(List.of("L-8 /effect WARNING"), beside(with(PERMIT, until), deny));
        assertEquals(List.of(), beside(PERMIT, deny));
    }

    @ParameterizedTest(name = "{0} as {1}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "'read'; 'export'; true",
                "'read'; 'read'; false",
                "'id':'c'; 'id':'b'; false",
                "TREAT; HPAYMT; false",
                "'TREAT'; 'TREAT','HPAYMT'; true",
                "'lab'; 'dental'; false",
                "'max':'N'; 'max':'R'; true"
            })
    void l10TheSamePurposeInOtherWordsIsAskedTwice(String said, String instead, boolean expected) {
        List<String> findings = beside(PERMIT, PERMIT.replace(said, instead));
        assertEquals(expected ? List.of("L-10 /purposes WARNING") : List.of(), findings);
    }

    @Test
    void besideOthersOnlyAPermitIsLookedAt() {
        String deny = "{'effect':'DENY','grantees':[{'kind':'ANY'}]}";
        assertEquals(List.of(), beside(deny, deny, PERMIT));
        assertEquals(List.of(), beside(PERMIT));
    }

    @Test
    void aPlainPermitNeedsNoWarning() {
        assertEquals(List.of(), found(PERMIT));
    }
}
