package phr.consent.directive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.facts.Confidentiality;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;

/** The native form in full (consent-semantics.md §16.4): every field is read and written, every restriction is located. */
class DirectiveFormTest {

    private static final String FULL = """
            { "id":"d1", "version":3, "state":"SUSPENDED", "effect":"PERMIT", "phase":"AFTER_DEATH",
              "grantees":[{"kind":"ROLE","id":"nurse","organisation":"clinic"},
                          {"kind":"ORGANISATION","id":"group","includeUnits":true},{"kind":"ANY"}],
              "purposes":["TREAT"], "actions":["read","export"], "countries":["JP","US"],
              "selectors":[{"resourceType":["Observation"],"documentType":["s|t"],"category":["lab"],
                "code":["http://loinc.org|718-7"],"label":["HIV"],"instance":["Observation/1"],
                "author":["Practitioner/1"],"source":["scale"],
                "relatedTo":[{"meaning":"dependents","reference":"Encounter/1"},
                             {"meaning":"related","reference":"Encounter/2"}]}],
              "labels":{"max":"R","sensitivities":["HIV"]},
              "dataPeriod":{"start":"2024-04-01","end":"2025-03-31"},
              "validity":{"start":"2026-04-01"},
              "exceptions":[{"effect":"DENY","labels":{"min":"V"},"validity":{"end":"2027"}}],
              "conditions":[{"code":"POPULATION_ONLY","k":20},{"code":"MAX_FREQUENCY","n":3,"unit":"DAY"},
                {"code":"ERASE_BY","instant":"2027-01-01"},{"code":"NO_STORE"},
                {"code":"AGGREGATE_ONLY","unit":"WEEK","functions":["mean","count"]},
                {"code":"RESEARCH","terms":{"0000042":true,"0000028":"Organization/u"}}],
              "grantor":{"capacity":"GUARDIAN","authority":"00000000-0000-4000-8000-00000000000a"} }
            """;

    private static Directive read(String json) {
        return DirectiveReader.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> problems(String json) {
        FailureException refused = assertThrows(FailureException.class, () -> read(json));
        return refused.failure().issues().stream()
                .flatMap(issue -> issue.expressions().stream())
                .distinct()
                .sorted()
                .toList();
    }

    private static String deny(String more) {
        return "{'effect':'DENY',".replace('\'', '"') + more.replace('\'', '"') + "}";
    }

    private static String permit(String more) {
        return "{'effect':'PERMIT',".replace('\'', '"') + more.replace('\'', '"') + "}";
    }

    @Test
    void everyFieldIsRead() {
        Directive directive = read(FULL);
        assertEquals("d1@3", directive.key());
        assertEquals(State.SUSPENDED, directive.state());
        assertEquals(Phase.AFTER_DEATH, directive.phase());
        assertEquals(
                Set.of(
                        new Grantee(Grantee.Kind.ROLE, "nurse", "clinic", false),
                        new Grantee(Grantee.Kind.ORGANISATION, "group", null, true),
                        Grantee.ANY),
                directive.base().grantees());
        assertEquals(Set.of("JP", "US"), directive.base().countries());
        Selector selector = new Selector(
                Set.of("Observation"),
                Set.of("s|t"),
                Set.of("lab"),
                Set.of("http://loinc.org|718-7"),
                Set.of("HIV"),
                Set.of("Observation/1"),
                Set.of("Practitioner/1"),
                Set.of("scale"),
                List.of(
                        new Selector.RelatedTo(Selector.Meaning.DEPENDENTS, "Encounter/1"),
                        new Selector.RelatedTo(Selector.Meaning.RELATED, "Encounter/2")));
        assertEquals(Selectors.of(selector), directive.base().selectors());
        Elements exception = directive.exceptions().get(0).elements();
        assertEquals(LabelRule.min(Confidentiality.V), exception.labels());
        assertEquals(new Window(null, Instant.parse("2027-12-31T15:00:00Z")), exception.validity());
        assertEquals(
                List.of(
                        new Condition(Condition.Code.POPULATION_ONLY, null, Set.of(), 20, null),
                        new Condition(Condition.Code.MAX_FREQUENCY, "DAY", Set.of(), 3, null),
                        new Condition(
                                Condition.Code.ERASE_BY, null, Set.of(), null, Instant.parse("2026-12-31T15:00:00Z")),
                        Condition.of(Condition.Code.NO_STORE),
                        new Condition(Condition.Code.AGGREGATE_ONLY, "WEEK", Set.of("mean", "count"), null, null),
                        Condition.research(Map.of("0000042", "true", "0000028", "Organization/u"))),
                directive.conditions());
        assertEquals(
                new Grantor(Grantor.Capacity.GUARDIAN, UUID.fromString("00000000-0000-4000-8000-00000000000a")),
                directive.grantor());
    }

    @Test
    void everyFieldIsWritten() {
        byte[] written = CanonicalJson.bytes(DirectiveWriter.write(read(FULL)));
        assertEquals(read(FULL), DirectiveReader.read(written));
        String deny = deny("'emergency':'allowed','labels':{'min':'R'},'selectors':'ALL'");
        assertEquals(
                "{\"effect\":\"DENY\",\"emergency\":\"allowed\",\"grantor\":{\"capacity\":\"SELF\"},"
                        + "\"labels\":{\"min\":\"R\"},\"selectors\":\"ALL\",\"state\":\"ACTIVE\",\"version\":1}",
                CanonicalJson.text(DirectiveWriter.write(read(deny))));
    }

    @Test
    void whatIsNotSaidHasItsDefault() {
        Directive deny = read("{\"effect\":\"DENY\"}");
        assertEquals("@1", deny.key());
        assertEquals(State.ACTIVE, deny.state());
        assertEquals(Grantor.SELF, deny.grantor());
        assertEquals(Elements.NONE, deny.base());
        assertTrue(deny.base().empty());
    }

    @Test
    void everyPartOfTheBodyCountsInItsHash() {
        String body = DirectiveWriter.bodyHash(read(FULL)).hex();
        for (String[] change : new String[][] {
            {"\"mean\"", "\"max\""},
            {"\"k\":20", "\"k\":21"},
            {"2027-01-01", "2027-01-02"},
            {"\"n\":3", "\"n\":4"},
            {"0000042", "0000006"},
            {"\"includeUnits\":true", "\"includeUnits\":false"},
            {"\"clinic\"", "\"ward\""},
            {"dependents", "related"},
            {"\"V\"", "\"R\""},
            {"2025-03-31", "2025-03-30"},
            {"scale", "watch"},
            {"AFTER_DEATH", "LIFE"},
            {"\"end\":\"2027\"", "\"end\":\"2028\""}
        }) {
            assertTrue(
                    !DirectiveWriter.bodyHash(read(FULL.replace(change[0], change[1])))
                            .hex()
                            .equals(body),
                    change[0]);
        }
        String renamed = FULL.replace("\"d1\"", "\"d2\"").replace("\"version\":3", "\"version\":4");
        assertEquals(body, DirectiveWriter.bodyHash(read(renamed)).hex());
        String later = FULL.replace("\"start\":\"2026-04-01\"", "\"start\":\"2026-04-02\"");
        assertEquals(body, DirectiveWriter.bodyHash(read(later)).hex(), "the validity stands beside the body (§9)");
    }

    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '"',
            value = {
                "'version':0!/version",
                "'version':'1'!/version",
                "'version':1.5!/version",
                "'state':'DONE'!/state",
                "'phase':'life'!/phase",
                "'grantees':[{'id':'x'}]!/grantees/0/kind",
                "'grantees':[{'kind':'PERSON','id':'x','organisation':'c'}]!/grantees/0/organisation",
                "'grantees':[{'kind':'PERSON','id':'x','includeUnits':true}]!/grantees/0/includeUnits",
                "'grantees':[{'kind':'ORGANISATION','id':'x','includeUnits':'yes'}]!/grantees/0/includeUnits",
                "'grantees':['x']!/grantees/0 /grantees/0/kind",
                "'selectors':[{'instance':['Observation']}]!/selectors/0/instance/0",
                "'selectors':[{'label':['HIVV']}]!/selectors/0/label/0",
                "'selectors':[{'code':['|718-7']}]!/selectors/0/code/0",
                "'selectors':[{'code':['http://loinc.org|']}]!/selectors/0/code/0",
                "'selectors':[{'documentType':['x']}]!/selectors/0/documentType/0",
                "'selectors':[{'category':[]}]!/selectors/0/category",
                "'selectors':[{'relatedTo':[{'meaning':'near','reference':'Encounter/1'}]}]!/selectors/0/relatedTo/0/meaning",
                "'selectors':[{'relatedTo':[{'meaning':'related','reference':'A'}]}]!/selectors/0/relatedTo/0/reference",
                "'dataPeriod':'ALL'!/dataPeriod",
                "'validity':'ANY'!/validity",
                "'validity':{'end':'26'}!/validity/end",
                "'validity':{'start':'2026-06-01T09:00:00+09:00','end':'2026-06-01T08:59:59+09:00'}!/validity/end",
                "'exceptions':[{'purposes':['TREAT']}]!/exceptions/0/effect",
                "'exceptions':[{'effect':'DENY','exceptions':[]}]!/exceptions/0/exceptions",
                "'conditions':[{}]!/conditions/0/code",
                "'conditions':[{'code':'NEVER'}]!/conditions/0/code",
                "'conditions':[{'code':'NO_STORE','unit':'DAY'}]!/conditions/0/unit",
                "'conditions':[{'code':'MAX_FREQUENCY','unit':'DAY'}]!/conditions/0/n",
                "'conditions':[{'code':'MAX_FREQUENCY','unit':'YEAR','n':1}]!/conditions/0/unit",
                "'conditions':[{'code':'ERASE_BY'}]!/conditions/0/instant",
                "'conditions':[{'code':'AGGREGATE_ONLY','unit':'DAY','functions':['mode']}]!/conditions/0/functions/0",
                "'conditions':[{'code':'AGGREGATE_ONLY','unit':'DAY','functions':[]}]!/conditions/0/functions",
                "'conditions':[{'code':'POPULATION_ONLY','k':0}]!/conditions/0/k",
                "'conditions':[{'code':'RESEARCH','terms':{'0000042':true,'0000006':true}}]!/conditions/0/terms/",
                "'conditions':[{'code':'RESEARCH','terms':{'1':true}}]!/conditions/0/terms/1",
                "'conditions':[{'code':'RESEARCH','terms':{'0000028':1}}]!/conditions/0/terms/0000028",
                "'grantor':{}!/grantor/capacity",
                "'grantor':{'capacity':'SELF','authority':'x'}!/grantor/authority",
                "'emergency':'maybe'!/emergency",
                "'purposes':['']!/purposes/0",
                "'purposes':['TREAT','']!/purposes/1",
                "'selectors':[{'label':['|x']}]!/selectors/0/label/0",
                "'purposes':[1]!/purposes/0"
            })
    void aRestrictionIsLocated(String more, String pointers) {
        assertEquals(List.of(pointers.split(" ")), problems(deny(more)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '"',
            value = {"'code':'NO_STORE','unit':'DAY'!does not belong to this condition", "'code':'ERASE_BY'!is required"
            })
    void aParameterOfAConditionIsTooMuchOrMissing(String condition, String detail) {
        String json = deny("'conditions':[{" + condition + "}]");
        FailureException refused = assertThrows(FailureException.class, () -> read(json));
        assertEquals(
                List.of(detail),
                refused.failure().issues().stream().map(Issue::text).toList());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '"',
            value = {
                "'labels':{'min':'N','sensitivities':[]}!/labels/max /labels/min",
                "'labels':{'sensitivities':'ANY'}!/labels/max",
                "'labels':{'max':'N','sensitivities':'ALL'}!/labels/sensitivities"
            })
    void aCeilingNeedsItsTwoParts(String labels, String pointers) {
        assertEquals(List.of(pointers.split(" ")), problems(permit(labels)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'validity':{'start':'2026-06-01','end':'2026-06-01'}",
                "'dataPeriod':{'end':'2026'}",
                "'dataPeriod':'ANY'",
                "'labels':{'sensitivities':['http://x|y']}",
                "'labels':{'min':'R','sensitivities':[]}",
                "'selectors':[{'label':['http://terminology.hl7.org/CodeSystem/v3-ActCode|HIV']}]",
                "'exceptions':[]",
                "'conditions':[]"
            })
    void whatIsAllowedIsRead(String more) {
        assertEquals(Effect.DENY, read(deny(more)).effect());
    }

    @Test
    void aThresholdWithoutAnythingCatchesNothingSoItIsAnError() {
        assertEquals(List.of("/labels/min"), problems(deny("'labels':{'sensitivities':[]}")));
    }

    @Test
    void tooMuchIsRefused() {
        String thousand = IntStream.range(0, 1000).mapToObj(i -> "'p" + i + "'").collect(Collectors.joining(","));
        assertEquals(Effect.DENY, read(deny("'purposes':[" + thousand + "]")).effect());
        assertEquals(List.of("/purposes"), problems(deny("'purposes':[" + thousand + ",'one more']")));
        assertEquals(
                Effect.DENY,
                read(deny("'purposes':['" + "p".repeat(512) + "']")).effect());
        assertEquals(List.of("/purposes/0"), problems(deny("'purposes':['" + "p".repeat(513) + "']")));
        String name = "n".repeat(100);
        assertEquals(List.of("/" + "n".repeat(64)), problems(deny("'" + name + "':1")));
    }

    @Test
    void codesOfTheSameSystemAreTheSame() {
        String bare = deny("'selectors':[{'label':['HIV']}]");
        String full = deny("'selectors':[{'label':['http://terminology.hl7.org/CodeSystem/v3-ActCode|HIV']}]");
        assertEquals(read(bare), read(full));
    }

    @Test
    void aLineIsNamedForWhatIsNoJson() {
        FailureException refused = assertThrows(FailureException.class, () -> read("{\n\"effect\":\n,}"));
        assertEquals("line 3", refused.failure().issues().get(0).expressions().get(0));
    }
}
