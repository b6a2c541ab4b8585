package phr.gateway.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.failure.Category;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;

class SearchParametersTest {

    private static final String PATIENT = "0b7d2f3c-1111-4222-8333-944455556666";

    @Test
    void a_search_needs_only_the_person() {
        SearchParameters parsed = parse(Map.of("patient", List.of(PATIENT)));
        assertEquals(UUID.fromString(PATIENT), parsed.patient());
        assertEquals(50, parsed.count());
        assertEquals(new Query(Set.of("Observation"), List.of(), List.of(), 50, null), parsed.query(null));
    }

    @Test
    void subject_and_a_typed_reference_name_the_same_person() {
        assertEquals(
                UUID.fromString(PATIENT),
                parse(Map.of("subject", List.of("Patient/" + PATIENT))).patient());
    }

    @ParameterizedTest
    @CsvSource({
        "patient, one",
        "patient, Patient/one",
        "patient, Group/0b7d2f3c-1111-4222-8333-944455556666",
        "patient, 0B7D2F3C-1111-4222-8333-944455556666",
        "_count, 0",
        "_count, 1001",
        "_count, -1",
        "_count, ten",
        "_format, application/fhir+xml",
        "date, 2024-13",
        "date, 2024-02-30",
        "date, yesterday",
        "date, ap2024",
        "date, 2024-01-01T10",
        "_sort, code",
        "_sort, 'date,_id'",
        "_summary, true",
        "_total, all",
        "_include, Observation:value",
        "_include, Encounter:subject",
        "_include, *",
        "_revinclude, Provenance",
        "_id, 'a b'",
        "_lastUpdated, soon",
        "value-quantity, high",
        "value-quantity, ab5",
        "value-quantity, 5.",
        "value-quantity, ''",
        "value-quantity, 5|mg",
        "value-quantity, 5|http://unitsofmeasure.org|",
        "value-quantity, 5||mg|x",
        "value-quantity, '5,,6'",
        "value-quantity, '5||m\\'",
        "value-quantity, 1e999",
        "_dense, packed",
        "_dense, ''",
        "code, |",
        "code, a|b|c",
        "code, 'a,,b'",
        "code, 'a\\'",
        "code, 'a\\b'"
    })
    void a_value_that_cannot_be_read_is_refused_and_located_without_being_repeated(String name, String value) {
        FailureException refused = assertThrows(FailureException.class, () -> parse(with(name, value)));
        assertEquals(Category.MALFORMED, refused.failure().category());
        Issue issue = refused.failure().issues().get(0);
        assertEquals(List.of("http." + name), issue.expressions());
        assertFalse(value.length() > 2 && issue.text().contains(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "code:text",
                "patient:Patient",
                "_sort:asc",
                "_include:iterate",
                "component-value-quantity",
                "type",
                "_elements",
                "_has:Provenance:target:agent",
                "date:not"
            })
    void what_is_not_supported_is_refused_and_never_ignored(String name) {
        FailureException refused = assertThrows(FailureException.class, () -> parse(with(name, "x")));
        assertEquals("not-supported", refused.failure().issues().get(0).code());
        assertEquals(List.of("http." + name), refused.failure().issues().get(0).expressions());
    }

    @Test
    void a_parameter_name_that_is_no_name_is_not_repeated() {
        FailureException refused = assertThrows(FailureException.class, () -> parse(with("健診 花子<script>", "x")));
        assertEquals(List.of("http"), refused.failure().issues().get(0).expressions());
    }

    @Test
    @DisplayName("§20 search without study id returns everything: exactly one person is searched")
    void exactly_one_person_is_searched() {
        for (Map<String, List<String>> query : List.of(
                Map.<String, List<String>>of(),
                Map.of("patient", List.of(PATIENT, PATIENT)),
                Map.of("patient", List.of(PATIENT), "subject", List.of(PATIENT)))) {
            FailureException refused = assertThrows(FailureException.class, () -> parse(query));
            assertEquals("required", refused.failure().issues().get(0).code());
        }
    }

    @Test
    void types_belong_to_documents_and_codes_to_observations() {
        Map<String, List<String>> byType = Map.of("patient", List.of(PATIENT), "type", List.of("a|b"));
        assertEquals(
                List.of(new Query.TokenFilter("type", List.of("a|b"))),
                SearchParameters.parse(SearchedType.DOCUMENT_REFERENCE, byType).tokens());
        assertThrows(FailureException.class, () -> parse(byType));
    }

    @Test
    void alternatives_and_escapes_are_read_as_the_specification_says() {
        assertEquals(
                List.of("http://loinc.org|85354-9", "|local", "http://loinc.org|", "a,b"),
                TokenParameter.parse("code", "http://loinc.org|85354-9,|local,http://loinc.org|,a\\,b")
                        .alternatives());
    }

    @Test
    void repeated_parameters_must_all_match() {
        SearchParameters parsed = parse(Map.of(
                "patient", List.of(PATIENT), "date", List.of("ge2024-01", "lt2024-03"), "code", List.of("a", "b,c")));
        assertEquals(2, parsed.dates().size());
        assertEquals(2, parsed.tokens().size());
    }

    @Test
    void the_next_page_repeats_the_search_and_only_moves_the_cursor() {
        SearchParameters parsed = parse(Map.of(
                "patient", List.of(PATIENT), "code", List.of("http://loinc.org|1,2"), "_cursor", List.of("old")));
        assertEquals(
                "Observation?_cursor=new&code=http%3A%2F%2Floinc.org%7C1%2C2&patient=" + PATIENT,
                parsed.address("new"));
        assertEquals("Observation?code=http%3A%2F%2Floinc.org%7C1%2C2&patient=" + PATIENT, parsed.address(null));
    }

    @Test
    void everything_may_come_in_one_answer_or_in_pages_of_some_types() {
        UUID patient = UUID.fromString(PATIENT);
        assertEquals(0, EverythingParameters.parse(patient, Map.of()).count());
        EverythingParameters pages = EverythingParameters.parse(
                patient, Map.of("_count", List.of("7"), "_type", List.of("Observation,Coverage")));
        assertEquals(7, pages.query(null).count());
        assertEquals(Set.of("Observation", "Coverage"), pages.query(null).types());
        assertTrue(pages.address(null).startsWith("Patient/" + PATIENT + "/$everything?"));
        assertThrows(
                FailureException.class,
                () -> EverythingParameters.parse(patient, Map.of("_type", List.of("observation"))));
        assertThrows(
                FailureException.class, () -> EverythingParameters.parse(patient, Map.of("start", List.of("2024"))));
    }

    @Test
    void dense_samples_come_one_by_one_in_a_search_and_by_day_in_everything() {
        UUID patient = UUID.fromString(PATIENT);
        assertEquals(
                DenseView.EACH,
                parse(Map.of("patient", List.of(PATIENT))).query(null).dense());
        assertEquals(
                DenseView.SAMPLED, parse(with("_dense", "sampled")).query(null).dense());
        assertEquals(
                DenseView.HOURLY, parse(with("_dense", "hourly")).query(null).dense());
        assertEquals(
                DenseView.SAMPLED,
                EverythingParameters.parse(patient, Map.of()).query(null).dense());
        assertEquals(
                DenseView.EACH,
                EverythingParameters.parse(patient, Map.of("_dense", List.of("each")))
                        .query(null)
                        .dense());
        assertThrows(
                FailureException.class, () -> EverythingParameters.parse(patient, Map.of("_dense", List.of("all"))));
        Map<String, List<String>> both =
                Map.of("patient", List.of(PATIENT), "_dense", List.of("sampled"), "value-quantity", List.of("gt5"));
        FailureException refused = assertThrows(FailureException.class, () -> parse(both));
        assertEquals(List.of("http._dense"), refused.failure().issues().get(0).expressions());
    }

    @Test
    void only_observations_are_dense() {
        assertThrows(
                FailureException.class,
                () -> SearchParameters.parse(
                        SearchedType.ENCOUNTER, Map.of("patient", List.of(PATIENT), "_dense", List.of("each"))));
    }

    private static Map<String, List<String>> with(String name, String value) {
        return name.equals("patient")
                ? Map.of(name, List.of(value))
                : Map.of("patient", List.of(PATIENT), name, List.of(value));
    }

    private static SearchParameters parse(Map<String, List<String>> query) {
        return SearchParameters.parse(SearchedType.OBSERVATION, query);
    }
}
