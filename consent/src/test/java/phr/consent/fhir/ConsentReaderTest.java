package phr.consent.fhir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phr.consent.Action;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveWriter;
import phr.consent.directive.Effect;
import phr.consent.directive.Emergency;
import phr.consent.directive.Grantee;
import phr.consent.directive.Grantor;
import phr.consent.directive.State;
import phr.consent.directive.Window;

/** Every row of consent-semantics.md §17.2. */
class ConsentReaderTest {

    private static final Instant NOW = Instant.parse("2026-06-01T01:00:00Z");
    private static final String REASON = "'system':'http://terminology.hl7.org/CodeSystem/v3-ActReason'";
    private static final String TREAT = "'purpose':[{" + REASON + ",'code':'TREAT'}]";
    private static final String PAY = "'purpose':[{" + REASON + ",'code':'HPAYMT'}]";
    private static final String ACTOR = "'actor':[{'reference':{'reference':'Organization/A'}}]";
    private static final String LEVEL = "'system':'http://terminology.hl7.org/CodeSystem/v3-Confidentiality'";
    private static final String SENSITIVITY = "'system':'http://terminology.hl7.org/CodeSystem/v3-ActCode'";
    private static final String BASE = "'type':'permit'," + ACTOR + "," + TREAT;

    @ParameterizedTest
    @CsvSource({
        "proposed,PROPOSED",
        "draft,PROPOSED",
        "rejected,REFUSED",
        "inactive,REVOKED",
        "entered-in-error,ENTERED_IN_ERROR"
    })
    void anotherStatusHasNoEffect(String status, State state) {
        Imported imported = read("'status':'" + status + "'", BASE);
        assertEquals(state, imported.directives().get(0).state());
        assertEquals(List.of("CS-1 NOTICE NONE Consent.status"), findings(imported));
    }

    @ParameterizedTest
    @ValueSource(strings = {"treatment", "adr"})
    void anotherScopeHasNoEffect(String scope) {
        Imported imported = read(scope(scope), BASE);
        assertEquals(List.of(), imported.directives());
        assertEquals(List.of("CS-1 NOTICE NONE Consent.scope"), findings(imported));
    }

    @Test
    void researchIsAScopeOfData() {
        assertEquals(1, read(scope("research"), BASE).directives().size());
    }

    @Test
    void withoutPatientItSaysNothing() {
        Imported imported = read("'patient':{'display':'somebody'}", "'type':'deny'");
        assertNull(imported.patient());
        assertEquals(List.of(), imported.directives());
        assertEquals(List.of("CS-2 ERROR REJECTED Consent.patient"), findings(imported));
    }

    @Test
    void theRuleOfThePolicyStandsInForTheRootType() {
        assertEquals(
                Effect.PERMIT,
                read(rule("OPTIN"), ACTOR + "," + TREAT).directives().get(0).effect());
        assertEquals(
                Effect.DENY, read(rule("OPTOUT"), ACTOR).directives().get(0).effect());
        Imported neither = read("'id':'c'", ACTOR + "," + TREAT);
        assertEquals(List.of("CS-9 ERROR REJECTED Consent.provision.type"), findings(neither));
    }

    @ParameterizedTest
    @CsvSource({
        "Organization/1,ORGANISATION",
        "https://other.example/fhir/Organization/1,ORGANISATION",
        "Device/1,APP",
        "Practitioner/1,PERSON",
        "PractitionerRole/1,PERSON",
        "RelatedPerson/1,PERSON",
        "Patient/1,PERSON",
        "Group/1,GROUP",
        "CareTeam/1,GROUP"
    })
    void theTypeOfAnActorTellsItsKind(String reference, Grantee.Kind kind) {
        Directive permit =
                one("'type':'permit'," + TREAT + ",'actor':[{'reference':{'reference':'" + reference + "'}}]");
        assertEquals(Set.of(Grantee.of(kind, reference)), permit.base().grantees());
    }

    @ParameterizedTest
    @CsvSource({"CLASS|pharmacy,CLASS,pharmacy", "ROLE|nurse,ROLE,nurse", "RELATIONSHIP|spouse,RELATIONSHIP,spouse"})
    void theProjectsIdentifierNamesTheKindItself(String value, Grantee.Kind kind, String id) {
        String identifier = "{'system':'" + Vocabulary.GRANTEE + "','value':'" + value + "'}";
        Directive permit =
                one("'type':'permit'," + TREAT + ",'actor':[{'reference':{'identifier':" + identifier + "}}]");
        assertEquals(Set.of(Grantee.of(kind, id)), permit.base().grantees());
    }

    @Test
    void otherTypesAreDroppedFromAPermitAndMeanEverybodyInADeny() {
        String actors =
                "'actor':[{'reference':{'reference':'Location/1'}},{'reference':{'reference':'Organization/A'}}]";
        assertEquals(
                Set.of(Grantee.of(Grantee.Kind.ORGANISATION, "Organization/A")),
                one("'type':'permit'," + TREAT + "," + actors).base().grantees());
        assertEquals(Set.of(Grantee.ANY), one("'type':'deny'," + actors).base().grantees());
    }

    @ParameterizedTest
    @ValueSource(strings = {"CST", "AUT", "INF"})
    void whoGivesDataReceivesNone(String role) {
        String actor =
                "'actor':[{'role':{'coding':[{'code':'" + role + "'}]},'reference':{'reference':'Organization/A'}}]";
        assertEquals(List.of(), read("'type':'permit'," + TREAT + "," + actor).directives());
    }

    @Test
    void aPermitWithoutActorOrPurposeNeedsAKnownPolicy() {
        Imported unknown = read("'type':'permit'");
        assertEquals(List.of(), unknown.directives());
        assertEquals(
                List.of("L-1 ERROR REJECTED Consent.provision.actor", "L-1 ERROR REJECTED Consent.provision.purpose"),
                findings(unknown));
        Grantee community = Grantee.of(Grantee.Kind.CLASS, "medical-institution");
        KnownPolicy policy = new KnownPolicy("https://example.org/p", Set.of(community), Set.of("TREAT"), Set.of());
        Imported known = ConsentReader.read(consent("", "'type':'permit'"), "x", terms(policy));
        assertEquals(Set.of(community), known.directives().get(0).base().grantees());
        assertEquals(Set.of("TREAT"), known.directives().get(0).base().purposes());
        assertEquals(Set.of(Action.READ), known.directives().get(0).base().actions());
        assertEquals(List.of(), known.findings());
    }

    @Test
    @DisplayName("P-1, P-35 the importer reads a missing actor as everyone for denies only")
    void aDenyWithoutActorIsForEverybodyAndNeverGivesWayToAnEmergency() {
        Directive deny = one("'type':'deny'");
        assertEquals(Set.of(Grantee.ANY), deny.base().grantees());
        assertNull(deny.base().purposes());
        assertNull(deny.base().actions());
        assertEquals(Emergency.NEVER, deny.emergency());
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            ''                       | "ANY"
            U L M N                  | {"max":"N","sensitivities":"ANY"}
            N                        | {"max":"N","sensitivities":"ANY"}
            N HIV                    | {"max":"N","sensitivities":["HIV"]}
            """)
    void labelsOfAPermit(String labels, String expected) {
        assertEquals(expected, json(one(BASE + labels(labels))).get("labels").toString());
    }

    @Test
    void aPermitForSensitivitiesAloneDoesNotOpenPlainData() {
        JsonNode permit = json(one(BASE + labels("HIV")));
        assertEquals(
                "{\"max\":\"N\",\"sensitivities\":[\"HIV\"]}",
                permit.get("labels").toString());
        assertEquals("[{\"label\":[\"HIV\"]}]", permit.get("selectors").toString());
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            R V   | {"min":"R"}
            HIV   | {"sensitivities":["HIV"]}
            R HIV | {"min":"R","sensitivities":["HIV"]}
            """)
    void labelsOfADeny(String labels, String expected) {
        assertEquals(
                expected,
                json(one("'type':'deny'" + labels(labels))).get("labels").toString());
    }

    @Test
    void aLabelOfAnUnknownSystemIsKept() {
        String expected = "[\"x|y\"]";
        assertEquals(
                expected,
                json(one("'type':'deny'" + labels("x#y")))
                        .get("labels")
                        .get("sensitivities")
                        .toString());
        assertEquals(
                expected,
                json(one(BASE + labels("x#y")))
                        .get("labels")
                        .get("sensitivities")
                        .toString());
    }

    @Test
    void withoutDataItIsAllData() {
        assertEquals("\"ALL\"", json(one(BASE)).get("selectors").toString());
    }

    @Test
    void classCodeAndDataAllLimit() {
        String content = ",'class':[{'system':'http://hl7.org/fhir/resource-types','code':'Observation'},"
                + "{'system':'http://loinc.org','code':'60591-5'}],"
                + "'code':[{'coding':[{'system':'http://loinc.org','code':'718-7'}]}],"
                + "'data':[{'meaning':'instance','reference':{'reference':'Observation/1'}},"
                + "{'meaning':'authoredby','reference':{'reference':'Practitioner/1'}}]";
        JsonNode selectors = json(one(BASE + content)).get("selectors");
        assertEquals(4, selectors.size());
        assertEquals(
                "{\"resourceType\":[\"Observation\"],\"code\":[\"http://loinc.org|718-7\"],\"instance\":[\"Observation/1\"]}",
                selectors.get(0).toString());
    }

    /** Rows about provisions inside provisions. */
    @Nested
    class Nesting {

        @Test
        void anOppositeOneIsAnException() {
            Directive permit = one(BASE + nested("'type':'deny'," + labels("R").substring(1)));
            assertEquals(
                    "[{\"effect\":\"DENY\",\"labels\":{\"min\":\"R\"}}]",
                    json(permit).get("exceptions").toString());
        }

        @Test
        @DisplayName("§20 type of the nested provision ignored: an equal one is another directive")
        void anEqualOneIsAnotherDirectiveThatInherits() {
            Imported imported = read(BASE + ",'period':{'end':'2026-12-31'}" + nested("'type':'permit'," + PAY));
            assertEquals(List.of("c", "c.1"), ids(imported));
            JsonNode further = json(imported.directives().get(1));
            assertEquals("[\"HPAYMT\"]", further.get("purposes").toString());
            assertEquals("{\"end\":\"2026-12-31\"}", further.get("validity").toString());
            assertEquals(
                    "Organization/A", further.get("grantees").get(0).get("id").textValue());
        }

        @Test
        void aDenyWithPermitsOfItsOwnIsASeparateDeny() {
            String claims =
                    "{'type':'permit','class':[{'system':'http://hl7.org/fhir/resource-types','code':'Claim'}]}";
            Imported imported = read(BASE + nested("'type':'deny'," + PAY + ",'provision':[" + claims + "]"));
            assertEquals(0, imported.directives().get(0).exceptions().size());
            JsonNode deny = json(imported.directives().get(1));
            assertEquals("DENY", deny.get("effect").textValue());
            assertEquals("[\"HPAYMT\"]", deny.get("purposes").toString());
            assertEquals(1, deny.get("exceptions").size());
        }

        @Test
        void aDenyInsideThePermitOfADenyIsASeparateDeny() {
            Imported imported =
                    read("'type':'deny'" + nested("'type':'permit'," + TREAT + nested("'type':'deny'" + labels("R"))));
            assertEquals(List.of("c", "c.1"), ids(imported));
            assertEquals(1, imported.directives().get(0).exceptions().size());
            JsonNode inner = json(imported.directives().get(1));
            assertEquals("[\"TREAT\"]", inner.get("purposes").toString());
            assertEquals("{\"min\":\"R\"}", inner.get("labels").toString());
        }

        @Test
        void threeLevelsNeedThePerson() {
            String deep = nested("'type':'deny'," + PAY
                    + nested("'type':'permit'," + labels("N").substring(1) + nested("'type':'deny'," + TREAT)));
            Imported permit = read(BASE + deep);
            assertEquals(List.of(), permit.directives());
            assertTrue(
                    findings(permit).contains("CS-1 ERROR REJECTED Consent.provision.provision.provision.provision"));
            Imported deny = read("'type':'deny'"
                    + nested("'type':'permit'," + TREAT + nested("'type':'deny'" + nested("'type':'permit'"))));
            assertEquals(0, deny.directives().get(0).exceptions().size());
        }

        @Test
        @DisplayName("P-2 an unconditional nested permit is dropped")
        void anUnconditionalPermitIsDropped() {
            Imported imported = read("'type':'deny'" + nested("'type':'permit'"));
            assertEquals(0, imported.directives().get(0).exceptions().size());
            assertEquals(List.of("L-5 ERROR REJECTED Consent.provision.provision[0]"), findings(imported));
        }

        @Test
        void anUnconditionalDenyStays() {
            Imported imported = read(BASE + nested("'type':'deny'"));
            assertTrue(
                    imported.directives().get(0).exceptions().get(0).elements().empty());
            assertEquals(List.of("L-5 ERROR BROADENED Consent.provision.provision[0]"), findings(imported));
        }
    }

    /** Rows about who gave it. */
    @Nested
    class Performer {

        private static final String MOTHER = "'performer':[{'reference':'RelatedPerson/mother'}]";

        @Test
        void aPermitOfSomebodyElseNeedsAnAuthority() {
            Imported imported = read(MOTHER, BASE);
            assertEquals(State.PENDING_RECONSENT, imported.directives().get(0).state());
            assertEquals(List.of("L-3 ERROR NONE Consent.performer"), findings(imported));
            ImportTerms allowed = new ImportTerms(
                    List.of(),
                    (performer, at, permit) ->
                            performer.equals("RelatedPerson/mother") && at.equals(Instant.parse("2026-04-01T00:00:00Z"))
                                    ? Optional.of(new Grantor(Grantor.Capacity.GUARDIAN, null))
                                    : Optional.empty(),
                    true,
                    NOW);
            Imported active = ConsentReader.read(consent(MOTHER, BASE), "x", allowed);
            assertEquals(State.ACTIVE, active.directives().get(0).state());
            assertEquals(
                    Grantor.Capacity.GUARDIAN,
                    active.directives().get(0).grantor().capacity());
        }

        @Test
        void aDenyOfSomebodyElseActs() {
            assertEquals(
                    State.ACTIVE,
                    read(MOTHER, "'type':'deny'").directives().get(0).state());
        }
    }

    @Test
    void theLastDayCountsInJapan() {
        Directive permit = one(BASE + ",'period':{'start':'2026-04-01','end':'2026-04-30'}");
        assertEquals(
                new Window(Instant.parse("2026-03-31T15:00:00Z"), Instant.parse("2026-04-30T15:00:00Z")),
                permit.base().validity());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'period':{'start':'2026-05-01','end':'2026-04-30'}",
                "'period':{'start':'2026-05-01T00:00:00'}",
                "'dataPeriod':{'start':'sometime'}",
                "'expression':{'language':'text/cql','expression':'true'}",
                "'provisionReference':[{'reference':'Provision/1'}]",
                "'modifierExtension':[{'url':'https://other.example/only-on-mondays','valueBoolean':true}]",
                "'class':[{'system':'urn:ietf:bcp:13','code':'application/pdf'}]",
                "'action':[{'coding':[{'system':'x','code':'y'}]}]",
                "'code':[{'text':'something'}]",
                "'data':[{'meaning':'derived','reference':{'reference':'Observation/1'}}]"
            })
    void whatCannotBeUnderstoodMakesAPermitNoneAndADenyBroad(String element) {
        Imported permit = read(BASE + "," + element);
        assertEquals(List.of(), permit.directives());
        assertTrue(permit.findings().stream().anyMatch(finding -> finding.effect() == Finding.Effect.REJECTED));
        Imported deny = read("'type':'deny'," + ACTOR + "," + element);
        JsonNode broad = json(deny.directives().get(0));
        assertEquals(
                "[{\"kind\":\"ORGANISATION\",\"id\":\"Organization/A\"}]",
                broad.get("grantees").toString());
        for (String name : List.of("validity", "dataPeriod", "selectors", "actions", "purposes", "labels")) {
            assertTrue(!broad.has(name), name);
        }
        assertTrue(deny.findings().stream().allMatch(finding -> finding.effect() == Finding.Effect.BROADENED));
        assertTrue(!deny.findings().isEmpty());
    }

    @Test
    @DisplayName("P-13 a deny of which a modifier is unknown denies broadly")
    void anUnknownModifierOnTheConsentLeavesADenyOfItsActors() {
        String modifier = "'modifierExtension':[{'url':'https://other.example/x','valueBoolean':true}]";
        assertEquals(List.of(), read(modifier, BASE).directives());
        JsonNode deny = json(read(modifier, "'type':'deny'," + ACTOR + "," + TREAT)
                .directives()
                .get(0));
        assertTrue(!deny.has("purposes"));
        assertEquals("Organization/A", deny.get("grantees").get(0).get("id").textValue());
    }

    @Test
    void anUnknownPurposeIsKeptInAPermitAndOpensADeny() {
        String foreign = "'purpose':[{'system':'http://example.org/p','code':'FooBar'}]";
        Imported permit = read("'type':'permit'," + ACTOR + "," + foreign);
        assertEquals(
                Set.of("http://example.org/p|FooBar"),
                permit.directives().get(0).base().purposes());
        assertEquals(List.of("L-18 WARNING NONE Consent.provision.purpose[0]"), findings(permit));
        Imported deny = read("'type':'deny'," + foreign);
        assertNull(deny.directives().get(0).base().purposes());
        assertEquals(List.of("L-18 WARNING BROADENED Consent.provision.purpose[0]"), findings(deny));
    }

    @Test
    void oneUnknownActionAmongKnownOnesIsDropped() {
        String actions = ",'action':[{'coding':[{'system':'x','code':'y'}]},"
                + "{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/consentaction','code':'access'}]}]";
        assertEquals(Set.of(Action.READ), one(BASE + actions).base().actions());
        assertNull(one("'type':'deny'" + actions).base().actions());
    }

    @Test
    void anUnconfirmedImportWaitsButItsDeniesAct() {
        ImportTerms unconfirmed = new ImportTerms(List.of(), ImportTerms.Authorisation.NONE, false, NOW);
        assertEquals(
                State.PENDING_RECONSENT,
                ConsentReader.read(consent("", BASE), "x", unconfirmed)
                        .directives()
                        .get(0)
                        .state());
        assertEquals(
                State.ACTIVE,
                ConsentReader.read(consent("", "'type':'deny'"), "x", unconfirmed)
                        .directives()
                        .get(0)
                        .state());
    }

    @Test
    void idAndVersionComeFromTheConsentOrItsPlace() {
        Imported named = read("'meta':{'versionId':'7'}", BASE);
        assertEquals("c@7", named.directives().get(0).key());
        ObjectNode nameless = consent("'meta':{'versionId':'W-7'}", BASE);
        nameless.remove("id");
        assertEquals(
                "consents-3@1",
                ConsentReader.read(nameless, "consents-3", terms())
                        .directives()
                        .get(0)
                        .key());
    }

    private static String scope(String code) {
        return "'scope':{'coding':[{'system':'" + Vocabulary.SCOPE + "','code':'" + code + "'}]}";
    }

    private static String rule(String code) {
        return "'policyRule':{'coding':[{'system':'" + Vocabulary.ACT_CODE + "','code':'" + code + "'}]}";
    }

    /** {@code N HIV} as securityLabel; {@code x#y} is system x, code y. */
    private static String labels(String codes) {
        if (codes.isEmpty()) {
            return "";
        }
        StringBuilder list = new StringBuilder(",'securityLabel':[");
        for (String code : codes.split(" ")) {
            boolean foreign = code.indexOf('#') > 0;
            String system = foreign
                    ? "'system':'" + code.replaceFirst("#.*", "") + "'"
                    : code.length() == 1 ? LEVEL : SENSITIVITY;
            list.append("{")
                    .append(system)
                    .append(",'code':'")
                    .append(code.replaceFirst(".*#", ""))
                    .append("'},");
        }
        list.setCharAt(list.length() - 1, ']');
        return list.toString();
    }

    private static String nested(String provision) {
        return ",'provision':[{" + provision + "}]";
    }

    private static List<String> ids(Imported imported) {
        return imported.directives().stream().map(Directive::id).toList();
    }

    private static List<String> findings(Imported imported) {
        return imported.findings().stream()
                .map(finding ->
                        finding.id() + " " + finding.level() + " " + finding.effect() + " " + finding.expression())
                .toList();
    }

    private static Directive one(String provision) {
        Imported imported = read(provision);
        assertEquals(1, imported.directives().size());
        return imported.directives().get(0);
    }

    private static JsonNode json(Directive directive) {
        return DirectiveWriter.write(directive);
    }

    private static ImportTerms terms(KnownPolicy... policies) {
        return new ImportTerms(List.of(policies), ImportTerms.Authorisation.NONE, true, NOW);
    }

    private static Imported read(String provision) {
        return read("", provision);
    }

    private static Imported read(String members, String provision) {
        JsonNode consent = consent(members, provision);
        assertEquals(List.of(), ConsentShape.check(consent, ""));
        return ConsentReader.read(consent, "x", terms());
    }

    private static ObjectNode consent(String members, String provision) {
        String head = "{'resourceType':'Consent','id':'c','status':'active'," + scope("patient-privacy")
                + ",'patient':{'reference':'Patient/p'},'dateTime':'2026-04-01T09:00:00+09:00',"
                + "'policy':[{'uri':'https://example.org/p'}],'provision':{" + provision + "}}";
        try {
            ObjectMapper mapper = new ObjectMapper();
            ObjectNode consent = (ObjectNode) mapper.readTree(head.replace('\'', '"'));
            consent.setAll((ObjectNode) mapper.readTree(("{" + members + "}").replace('\'', '"')));
            return consent;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
