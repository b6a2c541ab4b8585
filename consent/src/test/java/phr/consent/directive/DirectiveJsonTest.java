package phr.consent.directive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phr.consent.Action;
import phr.fhir.facts.Confidentiality;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;

class DirectiveJsonTest {

    private static final String EXAMPLE = """
            { "id":"d1", "version":1, "state":"ACTIVE", "effect":"PERMIT", "phase":"LIFE",
              "grantees":[{"kind":"ORGANISATION","id":"Organization/clinic"}],
              "purposes":["TREAT"], "actions":["read"], "countries":["JP"],
              "selectors":[{"category":["lab"],"resourceType":["Observation"],"code":["http://loinc.org|718-7"]}],
              "labels":{"max":"N","sensitivities":[]},
              "dataPeriod":{"start":"2024-04-01","end":"2025-03-31"},
              "validity":{"start":"2026-04-01","end":"2027-03-31"},
              "exceptions":[{"effect":"DENY","purposes":["HMARKT"]}],
              "conditions":[{"code":"AGGREGATE_ONLY","unit":"WEEK","functions":["mean"]}],
              "grantor":{"capacity":"SELF"} }
            """;

    @Test
    void theExampleOfTheSpecificationIsRead() {
        Directive directive = read(EXAMPLE);
        assertEquals("d1@1", directive.key());
        assertEquals(Set.of(Action.READ), directive.base().actions());
        assertEquals(LabelRule.max(Confidentiality.N), directive.base().labels());
        assertEquals(
                new Window(Instant.parse("2026-03-31T15:00:00Z"), Instant.parse("2027-03-31T15:00:00Z")),
                directive.base().validity());
        assertEquals(
                Condition.Code.AGGREGATE_ONLY, directive.conditions().get(0).code());
        assertEquals(Set.of("HMARKT"), directive.exceptions().get(0).elements().purposes());
    }

    @Test
    void anEmptyListOfExceptionsOrConditionsIsNone() {
        String plain = EXAMPLE.replaceAll("\"(exceptions|conditions)\":\\[\\{[^]]*]?[^]]*],", "");
        String empty = plain.replace("\"grantor\"", "\"exceptions\":[],\"conditions\":[],\"grantor\"");
        assertNotEquals(plain, empty);
        assertEquals(List.of(), read(empty).exceptions());
        assertEquals(List.of(), read(empty).conditions());
        assertEquals(DirectiveWriter.bodyHash(read(plain)), DirectiveWriter.bodyHash(read(empty)));
    }

    @Test
    void whatIsWrittenReadsAsTheSame() {
        Directive directive = read(EXAMPLE);
        byte[] written = CanonicalJson.bytes(DirectiveWriter.write(directive));
        assertEquals(directive, DirectiveReader.read(written));
        assertArrayEquals(written, CanonicalJson.bytes(DirectiveWriter.write(DirectiveReader.read(written))));
    }

    @Test
    void theBodyHashIgnoresOrderAndSpellingButNotMeaning() {
        Directive directive = read(EXAMPLE);
        String other = EXAMPLE.replace("\"TREAT\"", "\"http://terminology.hl7.org/CodeSystem/v3-ActReason|TREAT\"")
                .replace(" ", "  ")
                .replace("\"id\":\"d1\"", "\"id\":\"d2\"");
        assertEquals(DirectiveWriter.bodyHash(directive), DirectiveWriter.bodyHash(read(other)));
        String deny = "{\"effect\":\"DENY\",\"grantees\":[{\"kind\":\"ANY\"}],\"emergency\":\"never\"}";
        assertNotEquals(
                DirectiveWriter.bodyHash(read(deny)), DirectiveWriter.bodyHash(read(deny.replace("never", "allowed"))));
    }

    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource(
            delimiter = '!',
            value = {
                "{\"effect\":\"PERMIT\",\"grantee\":[]}!/grantee",
                "{}!/effect",
                "{\"effect\":\"permit\"}!/effect",
                "[]!/",
                "{\"effect\":\"DENY\",\"grantees\":[]}!/grantees",
                "{\"effect\":\"DENY\",\"grantees\":[{\"kind\":\"NOBODY\"}]}!/grantees/0/kind",
                "{\"effect\":\"DENY\",\"grantees\":[{\"kind\":\"ANY\"},{\"kind\":\"PERSON\"}]}!/grantees/1/id",
                "{\"effect\":\"DENY\",\"grantees\":[{\"kind\":\"ANY\",\"id\":\"x\"}]}!/grantees/0/id",
                "{\"effect\":\"DENY\",\"grantees\":[{\"kind\":\"CLASS\",\"id\":\"x\"}]}!/grantees/0/id",
                "{\"effect\":\"DENY\",\"actions\":[\"READ\"]}!/actions/0",
                "{\"effect\":\"DENY\",\"actions\":\"read\"}!/actions",
                "{\"effect\":\"DENY\",\"selectors\":\"EVERYTHING\"}!/selectors",
                "{\"effect\":\"DENY\",\"selectors\":[{}]}!/selectors/0/",
                "{\"effect\":\"DENY\",\"selectors\":[{\"category\":[\"labs\"]}]}!/selectors/0/category/0",
                "{\"effect\":\"DENY\",\"selectors\":[{\"resourceType\":[\"Observaton\"]}]}!/selectors/0/resourceType/0",
                "{\"effect\":\"DENY\",\"selectors\":[{\"code\":[\"718-7\"]}]}!/selectors/0/code/0",
                "{\"effect\":\"DENY\",\"labels\":{\"max\":\"N\"}}!/labels/max",
                "{\"effect\":\"DENY\",\"labels\":{}}!/labels/min",
                "{\"effect\":\"DENY\",\"labels\":{\"sensitivities\":[\"HIVV\"]}}!/labels/sensitivities/0",
                "{\"effect\":\"PERMIT\",\"labels\":{\"max\":\"N\"}}!/labels/sensitivities",
                "{\"effect\":\"PERMIT\",\"labels\":{\"max\":\"X\",\"sensitivities\":[]}}!/labels/max",
                "{\"effect\":\"DENY\",\"countries\":[\"Japan\"]}!/countries/0",
                "{\"effect\":\"DENY\",\"dataPeriod\":{}}!/dataPeriod",
                "{\"effect\":\"DENY\",\"validity\":{\"start\":\"2026-04-31\"}}!/validity/start",
                "{\"effect\":\"DENY\",\"validity\":{\"start\":\"2026-04-01T09:00:00\"}}!/validity/start",
                "{\"effect\":\"DENY\",\"validity\":{\"start\":\"2026-04-02\",\"end\":\"2026-04-01\"}}!/validity/end",
                "{\"effect\":\"DENY\",\"exceptions\":[{\"effect\":\"PERMIT\",\"emergency\":\"never\"}]}!/exceptions/0/emergency",
                "{\"effect\":\"PERMIT\",\"conditions\":[{\"code\":\"AGGREGATE_ONLY\"}]}!/conditions/0/unit",
                "{\"effect\":\"DENY\",\"a/b~c\":1}!/a~1b~0c"
            })
    void aProblemIsLocated(String json, String pointer) {
        Failure failure = failure(json);
        assertEquals(Category.MALFORMED, failure.category());
        assertTrue(
                failure.issues().stream().anyMatch(issue -> issue.expressions().contains(pointer)),
                () -> "found at "
                        + failure.issues().stream().map(Issue::expressions).toList());
    }

    @Test
    void allProblemsAreToldTogether() {
        assertEquals(
                3,
                failure("{\"effect\":\"X\",\"phase\":\"Y\",\"more\":1}")
                        .issues()
                        .size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "{\"effect\":\"DENY\"} x", "{\"effect\":\"DENY\",\"effect\":\"PERMIT\"}", "\u0000"})
    void whatIsNoJsonIsLocatedByLine(String json) {
        assertEquals(Category.MALFORMED, failure(json).category());
    }

    @Test
    void noMessageRepeatsAValue() {
        Failure failure = failure("{\"effect\":\"secret\",\"purposes\":[1],\"actions\":[\"secret\"]}");
        assertTrue(failure.issues().stream().noneMatch(issue -> issue.toString().contains("secret")));
        assertTrue(failure("{\"effect\": secret}").issues().stream()
                .noneMatch(issue -> issue.toString().contains("secret")));
    }

    @Test
    void hostileDepthIsRefused() {
        String deep = "{\"effect\":".repeat(1) + "[".repeat(100_000);
        assertEquals(Category.MALFORMED, failure(deep).category());
    }

    @ParameterizedTest
    @CsvSource({
        "2026, 2025-12-31T15:00:00Z, 2026-12-31T15:00:00Z",
        "2026-02, 2026-01-31T15:00:00Z, 2026-02-28T15:00:00Z",
        "2026-04-30, 2026-04-29T15:00:00Z, 2026-04-30T15:00:00Z",
        "2026-06-01T09:12+09:00, 2026-06-01T00:12:00Z, 2026-06-01T00:13:00Z",
        "2026-06-01T09:12:00+09:00, 2026-06-01T00:12:00Z, 2026-06-01T00:12:01Z",
        "2020-12-04T23:50:50-05:00, 2020-12-05T04:50:50Z, 2020-12-05T04:50:51Z",
        "2026-06-01T00:00:00.5Z, 2026-06-01T00:00:00.5Z, 2026-06-01T00:00:00.6Z"
    })
    void aTimeLastsAsLongAsItsPrecision(String written, Instant start, Instant end) {
        assertEquals(start, Times.start(written));
        assertEquals(end, Times.end(written));
        assertEquals(start, Times.start(Times.writtenStart(start)));
        assertEquals(end, Times.end(Times.writtenEnd(end)));
    }

    @Test
    void aSelfMadeDirectiveSurvivesTheTrip() {
        Directive directive = Directive.deny(
                "d",
                Elements.NONE
                        .withGrantees(Grantee.ANY, new Grantee(Grantee.Kind.ROLE, "nurse", "clinic", false))
                        .withLabels(LabelRule.min(Confidentiality.R, "HIV", "https://x|y"))
                        .withDataPeriod(Window.ANY),
                new ExceptionClause(
                        Effect.PERMIT,
                        Elements.NONE.withSelectors(Selectors.ALL).withLabels(LabelRule.ANY)));
        assertEquals(directive, DirectiveReader.read(CanonicalJson.bytes(DirectiveWriter.write(directive))));
    }

    private static Directive read(String json) {
        return DirectiveReader.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Failure failure(String json) {
        FailureException refused = assertThrows(FailureException.class, () -> read(json));
        assertEquals(
                List.of(),
                refused.failure().issues().stream()
                        .filter(issue -> issue.expressions().isEmpty())
                        .toList());
        return refused.failure();
    }
}
