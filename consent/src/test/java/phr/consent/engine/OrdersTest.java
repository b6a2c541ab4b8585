package phr.consent.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static phr.consent.engine.Scene.company;
import static phr.consent.engine.Scene.resource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.consent.Capacity;
import phr.consent.Obligation;
import phr.consent.directive.DirectiveReader;
import phr.consent.directive.Elements;
import phr.consent.lifecourse.LifeEvent;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.Tokens;

/** Orders of the law and prohibitions: step 1 of consent-semantics.md §3. */
class OrdersTest {

    private static final Facts LAB = resource("Observation", "lab");
    private static final Facts DENTAL = resource("Observation", "dental");

    private static final String SCOPE = "{'effect':'PERMIT','grantees':[{'kind':'ORGANISATION','id':'c'}],"
            + "'purposes':['PUBHLTH'],'actions':['read'],'selectors':[{'category':['lab']}]}";
    private static final String PERMIT = "{'effect':'PERMIT','grantees':[{'kind':'ORGANISATION','id':'c'}],"
            + "'purposes':['PUBHLTH','TREAT'],'actions':['read'],'selectors':'ALL','labels':'ANY'}";

    private static Elements scope(String json) {
        return DirectiveReader.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                .base();
    }

    private static Scene under(Elements scope, boolean notify) {
        StatutoryRule rule = new StatutoryRule("APPI27-1-1", "order-7", scope, Set.of("a", "b"), notify);
        return new Scene().purpose("PUBHLTH").given(Circumstances.NONE.withStatutory(List.of(rule)));
    }

    private static Scene under(String scope) {
        return under(scope(scope), false);
    }

    @Test
    void anOrderGivesExactlyItsData() {
        Scene scene = under(SCOPE);
        assertEquals("PERMIT", scene.of(LAB));
        assertEquals("DEFAULT", scene.of(DENTAL));
        assertEquals(Set.of(Obligation.KEEP_LABELS, Obligation.MASK_REFERENCES), scene.obligations(LAB));
        assertEquals("STATUTORY", scene.explain(LAB).basis().code());
        assertEquals("order-7", scene.explain(LAB).basis().order());
        assertTrue(under(scope(SCOPE), true).obligations(LAB).contains(Obligation.NOTIFY_PERSON));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "'purposes':['PUBHLTH'],; -",
                "'actions':['read'],; -",
                "],'selectors':[{'category':['lab']}]; ]",
                "'grantees':[{'kind':'ORGANISATION','id':'c'}],; -",
                "'id':'c'; 'id':'b'",
                "PUBHLTH; TREAT",
                "read; export",
                "'read'],; 'read'],'countries':['US'],",
                "'read'],; 'read'],'validity':{'end':'2025'},"
            })
    void anOrderThatDoesNotSayWhoWhatAndWhyOrSaysSomethingElseHasNoEffect(String said, String instead) {
        assertEquals(
                "DEFAULT", under(SCOPE.replace(said, instead.replace("-", ""))).of(LAB));
    }

    @Test
    void anOrderIsForEveryPurposeOfTheCallAndEveryReceivingParty() {
        assertEquals("DEFAULT", under(SCOPE).purpose("PUBHLTH", "TREAT").of(LAB));
        assertEquals(
                "DEFAULT",
                under(SCOPE).through("viewer", company("x", "retail")).of(LAB));
    }

    @Test
    void anOrderServesRecipientsAndOperatorsAndNotThePersonThroughAnotherApp() {
        String anybody = SCOPE.replace("'ORGANISATION','id':'c'", "'ANY'");
        assertEquals("PERMIT", under(anybody).as(Capacity.OPERATOR).of(LAB));
        assertEquals("DEFAULT", under(anybody).as(Capacity.OPERATOR).of(DENTAL));
        assertEquals(
                "DEFAULT",
                under(anybody)
                        .as(Capacity.SELF)
                        .through("w", company("x", "retail"))
                        .of(LAB));
    }

    @Test
    void noDecisionOutlivesTheOrder() {
        String until = SCOPE.replace("'read'],", "'read'],'validity':{'end':'2026-06-01T10:04:59+09:00'},");
        Scene scene = under(until);
        assertEquals(Scene.at("2026-06-01T10:05:00+09:00"), scene.permit().validUntil());
        assertEquals("DEFAULT", scene.now("2026-06-01T10:05:00+09:00").of(LAB));
    }

    @Test
    void beyondAnOrderConsentDecides() {
        Scene scene = under(SCOPE).says(PERMIT);
        assertEquals("CONSENT", scene.explain(DENTAL).reason().name());
        assertEquals("STATUTORY", scene.explain(LAB).reason().name());
        assertEquals("PERMIT", scene.of(DENTAL));
    }

    @Test
    void whatGoesAlongWithAnOrderMayBeHeldBackByADenyThatNamesIt() {
        Facts device = resource("Device", "lab");
        Facts used = resource(
                "Observation", Tokens.of(Set.of("lab")), Labels.NORMAL, Scene.day("2026-03-01"), device.reference());
        String deny = "{'effect':'DENY','grantees':[{'kind':'ANY'}],'selectors':[{'resourceType':['Device']}]}";
        String anybody = SCOPE.replace("'kind':'ORGANISATION','id':'c'", "'kind':'ANY'");
        for (Capacity capacity : List.of(Capacity.RECIPIENT, Capacity.OPERATOR)) {
            assertEquals(
                    "PERMIT", under(anybody).as(capacity).among(device, used).of(device));
            Scene denied = under(anybody).as(capacity).among(device, used).says(deny);
            assertEquals("EXPLICIT", denied.of(device));
            assertEquals("PERMIT", denied.of(used));
        }
    }

    @Test
    void operatorsGetNothingByConsent() {
        Scene scene = new Scene().says(PERMIT.replace("'ORGANISATION','id':'c'", "'ANY'"));
        assertEquals("DEFAULT", scene.as(Capacity.OPERATOR).of(LAB));
        assertEquals("DEFAULT", scene.refusal());
    }

    @Test
    void aProtectedAddressIsNotHiddenFromThePersonHerself() {
        Instant then = Scene.at("2026-05-01T00:00:00+09:00");
        Scene self = new Scene()
                .born("1990-01-01", new LifeEvent(LifeEvent.Type.PROTECTED_ADDRESS, then, true, then))
                .says(PERMIT.replace("'ORGANISATION','id':'c'", "'APP','id':'w'"))
                .as(Capacity.SELF)
                .through("w", company("x", "retail"));
        assertEquals("PERMIT", self.purpose("TREAT").of(resource("RelatedPerson", "demographics")));
    }

    @Test
    void recordsOfConsentAreForThePersonAndHerProxiesByTypeAndByCategory() {
        Scene scene = new Scene().says(PERMIT);
        for (Facts record : List.of(
                resource("Consent", "lab"), resource("AuditEvent", "lab"), resource("Provenance", "consent-record"))) {
            assertEquals("LAW", scene.as(Capacity.RECIPIENT).of(record));
            assertEquals(
                    "LAW",
                    under(SCOPE.replace("'ORGANISATION','id':'c'", "'ANY'"))
                            .as(Capacity.OPERATOR)
                            .of(record));
            Scene self = new Scene()
                    .says(PERMIT.replace("'ORGANISATION','id':'c'", "'APP','id':'w'"))
                    .as(Capacity.SELF)
                    .through("w", company("x", "retail"));
            assertEquals("PERMIT", self.of(record), "the person herself is never prohibited");
        }
    }
}
