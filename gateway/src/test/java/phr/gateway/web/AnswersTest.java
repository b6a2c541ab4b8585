package phr.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.Fhir;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.Issue;

class AnswersTest {

    private static final Failure FAILURE = new Failure(
            Category.INVALID,
            List.of(
                    Issue.error("code-invalid", "N-1", "unknown unit", "Observation.value"),
                    Issue.warning("structure", "CDA-R8", "empty section", "/ClinicalDocument/component")
                            .in("DATA/h.xml"),
                    Issue.error("structure", "NDJSON", "no resource", "line 17")));

    @ParameterizedTest
    @EnumSource(Category.class)
    void every_category_becomes_its_status_and_a_valid_outcome(Category category) {
        Response answer = Answers.of(Failure.of(category, "X-1", "text", "Observation.code"), "/fhir/Observation");
        assertEquals(category.status(), answer.getStatus());
        OperationOutcome outcome = outcome(answer);
        assertEquals(category.issueCode(), outcome.getIssueFirstRep().getCode().toCode());
        assertEquals(
                "Observation.code",
                outcome.getIssueFirstRep().getExpression().get(0).getValue());
    }

    @Test
    void every_place_is_an_expression_and_the_text_names_the_file() {
        OperationOutcome outcome = outcome(Answers.of(FAILURE, "/ingest/someone"));
        assertEquals(
                "Observation.value",
                outcome.getIssue().get(0).getExpression().get(0).getValue());
        assertEquals(
                "/ClinicalDocument/component",
                outcome.getIssue().get(1).getExpression().get(0).getValue());
        assertTrue(outcome.getIssue().get(1).getDetails().getText().endsWith(" (DATA/h.xml)"));
        assertEquals("line 17", outcome.getIssue().get(2).getExpression().get(0).getValue());
        assertEquals(
                "CDA-R8",
                outcome.getIssue().get(1).getDetails().getCodingFirstRep().getCode());
    }

    @Test
    void elsewhere_it_is_problem_details() {
        assertEquals(
                "{\"type\":\"https://phr-gateway.example/fhir/problem/N-1\",\"title\":\"code-invalid\",\"status\":422,"
                        + "\"detail\":\"unknown unit\",\"code\":\"N-1\",\"errors\":["
                        + "{\"expression\":\"Observation.value\",\"code\":\"N-1\",\"detail\":\"unknown unit\"},"
                        + "{\"pointer\":\"/ClinicalDocument/component\",\"code\":\"CDA-R8\",\"detail\":\"empty section\"},"
                        + "{\"expression\":\"line 17\",\"code\":\"NDJSON\",\"detail\":\"no resource\"}]}",
                text(Answers.of(FAILURE, "/consents")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fhir", "/fhir/Patient/x", "fhir/metadata", "/ingest/x"})
    void the_record_speaks_fhir(String path) {
        assertEquals(
                "application/fhir+json",
                Answers.of(FAILURE, path).getMediaType().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/people", "/fhirish", "/transfer/x", "/audit/fhir/x"})
    void the_rest_speaks_problem_details(String path) {
        assertEquals(
                "application/problem+json",
                Answers.of(FAILURE, path).getMediaType().toString());
    }

    @Test
    void a_login_challenge_and_a_retry_hint_are_headers() {
        assertEquals(
                "Bearer",
                Answers.of(Failure.of(Category.UNAUTHENTICATED, "x", "x"), "/").getHeaderString("WWW-Authenticate"));
        assertEquals("1", Answers.of(Failure.of(Category.BUSY, "x", "x"), "/").getHeaderString("Retry-After"));
    }

    @Test
    void a_trace_names_classes_and_places_but_no_messages() {
        String trace = Trace.of(new IllegalStateException("hanako-secret", new RuntimeException("value-secret")));
        assertFalse(trace.contains("secret"));
        assertTrue(trace.contains("java.lang.IllegalStateException"));
        assertTrue(trace.contains("caused by java.lang.RuntimeException"));
        assertTrue(trace.contains("AnswersTest"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/山田花子", "/Tanaka/fhir", "", "/", "x"})
    void the_access_log_never_repeats_an_unknown_address(String path) {
        assertEquals("/…", RequestIds.room(path));
        assertEquals("/fhir", RequestIds.room("/fhir/Patient/018f0000-0000-7000-8000-000000000001"));
    }

    private static OperationOutcome outcome(Response answer) {
        return Fhir.json().parseResource(OperationOutcome.class, text(answer));
    }

    private static String text(Response answer) {
        return new String((byte[]) answer.getEntity(), StandardCharsets.UTF_8);
    }
}
