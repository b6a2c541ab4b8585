package phr.consent.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.consent.ClientApp;
import phr.consent.Party;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveReader;
import phr.consent.engine.Policy;
import phr.consent.outlook.Directory;
import phr.fhir.PersonId;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;

/** Who can see what, and what a change would change (consent-semantics.md §16.4, form of a person). */
class PersonSimulationTest {

    private static final UUID PERSON = UUID.fromString("00000000-0000-4000-8000-00000000000a");
    private static final Instant NOW = Instant.parse("2026-06-01T01:00:00Z");

    private static final String CLINIC = directive("PERMIT", "d1", """
            "grantees":[{"kind":"ORGANISATION","id":"Organization/clinic"}],"purposes":["TREAT"],"actions":["read"],
            "selectors":[{"category":["lab","mental-health"]}],"labels":{"max":"N","sensitivities":[]},
            "validity":{"start":"2026-04-01","end":"2027-03-31"}
            """);
    private static final String VENDOR = directive("PERMIT", "d2", """
            "grantees":[{"kind":"APP","id":"steps"}],"purposes":["insurance-wellness"],"actions":["read"],
            "selectors":[{"category":["lifelog-activity"]}],"labels":{"max":"N","sensitivities":[]},
            "conditions":[{"code":"AGGREGATE_ONLY","unit":"WEEK","functions":["mean"]}]
            """);

    @Test
    void everybody_who_is_named_has_a_row_for_each_category() throws IOException {
        JsonNode matrix = asked("", CLINIC, VENDOR).get("matrix");
        assertEquals(
                "PERMIT",
                row(matrix, "Organization/clinic", "lab").get("outcome").textValue());
        assertEquals(
                "2027-04-01T00:00:00+09:00",
                row(matrix, "Organization/clinic", "lab").get("until").textValue());
        assertEquals(
                "DENY",
                row(matrix, "Organization/clinic", "allergy").get("outcome").textValue());
        assertEquals(
                "PERMIT",
                row(matrix, "steps", "lifelog-activity").get("outcome").textValue());
        assertTrue(row(matrix, "steps", "lifelog-activity").path("until").isMissingNode(), "it has no end");
        assertEquals("DENY", row(matrix, "steps", "lab").get("outcome").textValue());
    }

    @Test
    void a_category_that_is_always_more_sensitive_than_the_ceiling_is_not_seen() throws IOException {
        JsonNode matrix = asked("", CLINIC).get("matrix");
        assertEquals(
                "DENY",
                row(matrix, "Organization/clinic", "mental-health")
                        .get("outcome")
                        .textValue());
    }

    @Test
    void the_patient_that_comes_with_every_permit_does_not_open_her_identity_data() throws IOException {
        JsonNode matrix = asked("", CLINIC).get("matrix");
        assertEquals(
                "DENY",
                row(matrix, "Organization/clinic", "demographics")
                        .get("outcome")
                        .textValue());
    }

    @Test
    void a_change_that_is_not_made_yet_shows_what_it_would_change() throws IOException {
        String deny = directive("DENY", "new", """
                "grantees":[{"kind":"CLASS","id":"medical-institution"}],"purposes":["TREAT"],"actions":["read"],
                "selectors":[{"category":["lab"]}],"emergency":"never"
                """);
        JsonNode answer = asked(",\"change\":{\"add\":[" + deny + "],\"revoke\":[\"d2\"]}", CLINIC, VENDOR);
        assertEquals(
                "DENY",
                row(answer.get("matrix"), "Organization/clinic", "lab")
                        .get("outcome")
                        .textValue());
        JsonNode lab = row(answer.get("difference"), "Organization/clinic", "lab");
        assertEquals("PERMIT", lab.get("before").textValue());
        assertEquals("DENY", lab.get("after").textValue());
        JsonNode steps = row(answer.get("difference"), "steps", "lifelog-activity");
        assertEquals("PERMIT", steps.get("before").textValue());
        assertEquals("DENY", steps.get("after").textValue());
        assertEquals(2, answer.get("difference").size());
    }

    @Test
    void a_wider_permit_is_a_difference_though_both_sides_permit() throws IOException {
        JsonNode answer = asked(
                ",\"change\":{\"add\":[" + CLINIC.replace("\"N\"", "\"R\"").replace("d1", "wide") + "]}", CLINIC);
        JsonNode lab = row(answer.get("difference"), "Organization/clinic", "lab");
        assertEquals("PERMIT", lab.get("before").textValue());
        assertEquals("PERMIT", lab.get("after").textValue());
        assertTrue(asked("", CLINIC).get("difference").isEmpty(), "no change, no difference");
        assertTrue(asked(",\"change\":{}", CLINIC).get("difference").isEmpty(), "no change, no difference");
    }

    @Test
    void at_another_day_what_has_ended_is_over() throws IOException {
        JsonNode matrix = asked(",\"at\":\"2027-04-01T00:00:00+09:00\"", CLINIC).get("matrix");
        assertEquals(
                "DENY", row(matrix, "Organization/clinic", "lab").get("outcome").textValue());
    }

    @Test
    void samples_are_decided_before_and_after_and_nothing_of_anybody_else() throws IOException {
        String request = ",\"request\":{\"capacity\":\"RECIPIENT\",\"app\":{\"id\":\"viewer\",\"processor\":true},"
                + "\"organisation\":{\"id\":\"Organization/clinic\"},\"system\":true,\"purposes\":[\"TREAT\"],"
                + "\"action\":\"read\"}";
        String resources = ",\"resources\":[" + observation(PERSON) + ","
                + observation(UUID.fromString("00000000-0000-4000-8000-00000000000b")) + "]";
        JsonNode samples = asked(request + resources + ",\"change\":{\"revoke\":[\"d1\"]}", CLINIC)
                .get("samples");
        assertEquals("PERMIT", samples.get(0).get("before").textValue());
        assertEquals("DENY", samples.get(0).get("after").textValue());
        assertEquals("DENY", samples.get(1).get("before").textValue());
    }

    @Test
    void a_draft_is_linted() throws IOException {
        String past = CLINIC.replace(
                "\"validity\":{\"start\":\"2026-04-01\",\"end\":\"2027-03-31\"}",
                "\"dataPeriod\":{\"end\":\"2020-01-01\"}");
        JsonNode lint = asked(",\"change\":{\"add\":[" + past + "]}").get("lint");
        assertTrue(
                StreamSupport.stream(lint.spliterator(), false)
                        .anyMatch(finding -> finding.get("id").textValue().equals("L-9")
                                && finding.get("at").textValue().equals("change.add[0]")),
                "past data and no end");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'person':1}                                  | /person
            {'person':'p','consents':[]}                  | /consents
            {'person':'p','directives':[]}                | /directives
            {'person':'p','context':{}}                   | /context
            {'person':'p','at':'tomorrow'}                | /at
            {'person':'p','change':[]}                    | /change
            {'person':'p','change':{'drop':[]}}           | /change/drop
            {'person':'p','change':{'add':[1]}}           | /change/add/0
            {'person':'p','change':{'add':[{'effect':1}]}}| /change/add/0/effect
            {'person':'p','change':{'revoke':[{}]}}       | /change/revoke/0
            {'person':'p','change':{'revoke':['d9']}}     | /change/revoke/0
            {'person':'p','request':{'color':1}}          | /request/color
            """)
    void bad_input_is_refused_at_its_place(String body, String pointer) {
        Failure failure = assertThrows(FailureException.class, () -> answer(body.replace('\'', '"'), List.of()))
                .failure();
        assertTrue(
                failure.issues().stream().anyMatch(issue -> issue.expressions().contains(pointer)),
                () -> failure.issues().toString());
    }

    private static JsonNode asked(String rest, String... directives) throws IOException {
        List<Directive> said = java.util.Arrays.stream(directives)
                .map(json -> DirectiveReader.read(json.getBytes(StandardCharsets.UTF_8)))
                .toList();
        return answer("{\"person\":\"" + PERSON + "\"" + rest + "}", said);
    }

    private static JsonNode answer(String body, List<Directive> said) throws IOException {
        PersonSimulation simulation =
                SimulationBody.parse(body.getBytes(StandardCharsets.UTF_8)).ofPerson();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        simulation
                .answer(new Policy(new PersonId(PERSON), 1, said), new Known(), NOW)
                .write(out);
        return new ObjectMapper().readTree(out.toByteArray());
    }

    private static JsonNode row(JsonNode rows, String grantee, String category) {
        return StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> row.get("grantee").get("id").textValue().equals(grantee))
                .filter(row -> row.get("category").textValue().equals(category))
                .findFirst()
                .orElseThrow();
    }

    private static String directive(String effect, String id, String elements) {
        return "{\"id\":\"" + id + "\",\"effect\":\"" + effect + "\"," + elements
                + ",\"grantor\":{\"capacity\":\"SELF\"}}";
    }

    private static String observation(UUID person) {
        return "{\"resourceType\":\"Observation\",\"status\":\"final\",\"subject\":{\"reference\":\"Patient/" + person
                + "\"},\"category\":[{\"coding\":[{\"system\":"
                + "\"http://terminology.hl7.org/CodeSystem/observation-category\",\"code\":\"laboratory\"}]}],"
                + "\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"718-7\"}]}}";
    }

    /** A clinic, and an application of a vendor. */
    private static final class Known implements Directory {

        @Override
        public Optional<Party> organisation(String id) {
            return Optional.of(new Party(id, Set.of(), Set.of("medical-institution"), "JP"));
        }

        @Override
        public Optional<ClientApp> app(String id) {
            return Optional.of(new ClientApp(
                    id, false, false, new Party("Organization/vendor", Set.of(), Set.of("wellness"), "JP")));
        }
    }
}
