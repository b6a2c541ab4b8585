package phr.gateway.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import phr.consent.Obligation;
import phr.fhir.Fhir;
import phr.fhir.facts.DataTime;
import phr.fhir.normalise.SourceIdentity;

class RenderingTest {

    private static final UUID ID = UUID.fromString("33333333-3333-4333-8333-333333333333");

    private static final String PATIENT = """
            {"resourceType":"Patient","id":"33333333-3333-4333-8333-333333333333",
             "meta":{"versionId":"2","security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"N"}]},
             "text":{"status":"generated","div":"<div xmlns='http://www.w3.org/1999/xhtml'>SECRET</div>"},
             "extension":[{"url":"https://x.example/birthPlace","valueString":"SECRET"}],
             "identifier":[{"system":"urn:x","value":"SECRET"}],
             "active":true,"name":[{"text":"SECRET"}],"telecom":[{"value":"SECRET"}],"gender":"female",
             "birthDate":"1975-04-12","_birthDate":{"extension":[{"url":"https://x.example/time","valueString":"SECRET"}]},
             "address":[{"text":"SECRET"}],"contact":[{"name":{"text":"SECRET"}}],"photo":[{"title":"SECRET"}]}
            """;

    @Test
    void stored_bytes_are_the_answer_when_nothing_obliges() {
        Entry entry = entry("Observation", "{\"resourceType\":\"Observation\"}", Set.of(), Set.of());
        assertSame(entry.json(), new Rendering().render(entry).orElseThrow());
    }

    @Test
    void labels_travel_without_touching_the_bytes() {
        Entry entry = entry("Observation", "{}", Set.of(Obligation.KEEP_LABELS, Obligation.MASK_REFERENCES), Set.of());
        assertSame(entry.json(), new Rendering().render(entry).orElseThrow());
    }

    @Test
    void redacted_demographics_leave_sex_and_year_of_birth_only() {
        String shown = text(entry("Patient", PATIENT, Set.of(Obligation.REDACT_DEMOGRAPHICS), Set.of()));
        assertFalse(shown.contains("SECRET"));
        assertFalse(shown.contains("04-12"));
        Patient patient = Fhir.json().parseResource(Patient.class, shown);
        assertEquals("1975", patient.getBirthDateElement().getValueAsString());
        assertEquals("female", patient.getGender().toCode());
        assertEquals("SUBSETTED", patient.getMeta().getTagFirstRep().getCode());
        assertTrue(patient.getMeta().getSecurity().stream()
                .anyMatch(label -> label.getCode().equals("REDACTED")));
        assertTrue(patient.getMeta().getSecurity().stream()
                .anyMatch(label -> label.getCode().equals("N")));
    }

    @Test
    void redaction_is_about_patients_only() {
        Entry entry = entry("Encounter", "{}", Set.of(Obligation.REDACT_DEMOGRAPHICS), Set.of());
        assertSame(entry.json(), new Rendering().render(entry).orElseThrow());
    }

    @Test
    void an_obligation_that_cannot_be_fulfilled_denies_the_resource() {
        Rendering limited = new Rendering(Set.of(Obligation.Code.KEEP_LABELS));
        Entry entry = entry("Observation", "{}", Set.of(Obligation.MASK_REFERENCES), Set.of());
        assertEquals(Optional.empty(), limited.render(entry));
    }

    @Test
    @DisplayName("P-16 Provenance, display and narrative lose what is hidden")
    void hidden_targets_leave_lists_and_stay_masked_where_an_element_is_needed() {
        String json = """
                {"resourceType":"Provenance","id":"33333333-3333-4333-8333-333333333333",
                 "text":{"status":"generated","div":"<div xmlns='http://www.w3.org/1999/xhtml'>SECRET</div>"},
                 "target":[{"reference":"Observation/a"},{"reference":"Observation/b","display":"SECRET"}],
                 "recorded":"2024-01-01T00:00:00+09:00",
                 "agent":[{"who":{"reference":"Organization/c","display":"SECRET","identifier":{"value":"SECRET"}}}],
                 "entity":[{"role":"source","what":{"reference":"DocumentReference/d","identifier":{"value":"SECRET"}}},
                           {"role":"source","what":{"reference":"DocumentReference/e"}}]}
                """;
        String shown = text(entry(
                "Provenance",
                json,
                Set.of(Obligation.MASK_REFERENCES),
                Set.of("Observation/b", "Organization/c", "DocumentReference/d")));
        assertFalse(shown.contains("SECRET"));
        Provenance provenance = Fhir.json().parseResource(Provenance.class, shown);
        assertEquals(1, provenance.getTarget().size());
        assertEquals("Observation/a", provenance.getTargetFirstRep().getReference());
        assertEquals(1, provenance.getEntity().size());
        assertEquals(
                "masked",
                provenance
                        .getAgentFirstRep()
                        .getWho()
                        .getExtensionFirstRep()
                        .getValue()
                        .primitiveValue());
    }

    @Test
    void what_the_type_does_not_demand_goes_without_a_trace_and_numbers_keep_their_digits() {
        String json = """
                {"resourceType":"Observation","status":"final","code":{"text":"x"},
                 "encounter":{"reference":"Encounter/e","display":"SECRET"},
                 "performer":[{"reference":"Organization/c/_history/2","display":"SECRET"}],
                 "valueQuantity":{"value":5.00,"unit":"x"},"derivedFrom":[{"reference":"Observation/a"}]}
                """;
        String shown = text(entry(
                "Observation", json, Set.of(Obligation.MASK_REFERENCES), Set.of("Organization/c", "Encounter/e")));
        assertEquals(
                "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"},"
                        + "\"valueQuantity\":{\"value\":5.00,\"unit\":\"x\"},"
                        + "\"derivedFrom\":[{\"reference\":\"Observation/a\"}]}",
                shown);
    }

    @Test
    void the_last_reference_that_a_type_demands_stays_masked() {
        String json = """
                {"resourceType":"Provenance","target":[{"reference":"Observation/b","display":"SECRET"}],
                 "recorded":"2024-01-01T00:00:00+09:00","agent":[{"who":{"display":"x"}}],
                 "entity":[{"role":"source","what":{"reference":"DocumentReference/d"}}]}
                """;
        String shown = text(entry(
                "Provenance",
                json,
                Set.of(Obligation.MASK_REFERENCES),
                Set.of("Observation/b", "DocumentReference/d")));
        assertFalse(shown.contains("SECRET"));
        assertFalse(shown.contains("entity"));
        Provenance provenance = Fhir.json().parseResource(Provenance.class, shown);
        assertEquals(1, provenance.getTarget().size());
        assertTrue(provenance.getTargetFirstRep().hasExtension());
    }

    @Test
    @DisplayName("P-16 List and Composition lose what is hidden")
    void lists_lose_entries_and_sections_that_lose_the_last_one_go_with_their_title() {
        String composition = """
                {"resourceType":"Composition","status":"final","author":[{"reference":"Organization/c"}],
                 "title":"x","section":[
                  {"title":"SECRET","text":{"div":"SECRET"},"entry":[{"reference":"Observation/b"}]},
                  {"title":"kept","text":{"div":"SECRET"},"entry":[{"reference":"Observation/b"},{"reference":"Observation/a"}]},
                  {"title":"SECRET","section":[{"title":"SECRET","entry":[{"reference":"Observation/b"}]}]}]}
                """;
        String shown =
                text(entry("Composition", composition, Set.of(Obligation.MASK_REFERENCES), Set.of("Observation/b")));
        assertFalse(shown.contains("SECRET"));
        assertTrue(shown.contains("\"section\":[{\"title\":\"kept\",\"entry\":[{\"reference\":\"Observation/a\"}]}]"));
        String list = """
                {"resourceType":"List","status":"current","mode":"working","entry":[
                 {"date":"2024-01-01","item":{"reference":"Observation/b"}},{"item":{"reference":"Observation/a"}}]}
                """;
        assertEquals(
                "{\"resourceType\":\"List\",\"status\":\"current\",\"mode\":\"working\",\"entry\":[{\"item\":"
                        + "{\"reference\":\"Observation/a\"}}]}",
                text(entry("List", list, Set.of(Obligation.MASK_REFERENCES), Set.of("Observation/b"))));
    }

    @Test
    void what_only_aggregates_may_be_made_of_is_no_resource() {
        for (Obligation obligation :
                List.of(Obligation.aggregateOnly("WEEK", Set.of("mean")), Obligation.populationOnly(10))) {
            assertEquals(
                    Optional.empty(), new Rendering().render(entry("Observation", "{}", Set.of(obligation), Set.of())));
        }
    }

    @Test
    void promises_travel_as_security_labels_beside_those_of_the_resource() {
        String json = """
                {"resourceType":"Observation","meta":{"versionId":"2","security":[
                 {"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"N"}]},
                 "text":{"status":"generated","div":"<div xmlns='http://www.w3.org/1999/xhtml'>kept</div>"},
                 "status":"final","code":{"text":"x"}}
                """;
        String shown = text(entry(
                "Observation",
                json,
                Set.of(
                        Obligation.KEEP_LABELS,
                        Obligation.NO_ONWARD,
                        Obligation.NO_STORE,
                        Obligation.eraseBy(Instant.parse("2026-12-31T15:00:00Z"))),
                Set.of()));
        assertTrue(shown.contains("kept"));
        Observation observation = Fhir.json().parseResource(Observation.class, shown);
        assertEquals(
                List.of("N", "NORDSCLCD", "DELAU", "NOCOLLECT"),
                observation.getMeta().getSecurity().stream()
                        .map(Coding::getCode)
                        .toList());
        assertEquals(
                "2026-12-31T15:00:00Z",
                observation
                        .getMeta()
                        .getSecurity()
                        .get(2)
                        .getExtensionByUrl(Promises.ERASE_BY)
                        .getValue()
                        .primitiveValue());
    }

    @Test
    void redacted_paths_go_with_their_extensions_and_narrative_and_the_resource_says_so() {
        String json = """
                {"resourceType":"Observation","status":"final","code":{"text":"x"},
                 "text":{"status":"generated","div":"<div xmlns='http://www.w3.org/1999/xhtml'>SECRET</div>"},
                 "valueQuantity":{"value":5,"unit":"SECRET"},"note":[{"text":"SECRET"}],
                 "component":[{"code":{"text":"y"},"valueString":"SECRET","_valueString":{"id":"SECRET"}}]}
                """;
        Obligation redact = Obligation.redact(
                Set.of("Observation.value[x]", "Observation.note", "Observation.component.value[x]", "Patient.name"));
        String shown = text(entry("Observation", json, Set.of(redact), Set.of()));
        assertFalse(shown.contains("SECRET"));
        assertTrue(shown.contains("REDACTED"));
        assertTrue(shown.contains("SUBSETTED"));
        assertTrue(shown.contains("\"component\":[{\"code\":{\"text\":\"y\"}}]"));
    }

    private static String text(Entry entry) {
        return new String(new Rendering().render(entry).orElseThrow(), StandardCharsets.UTF_8);
    }

    private static Entry entry(String type, String json, Set<Obligation> obligations, Set<String> hidden) {
        return new Entry(
                type,
                ID,
                1,
                Instant.EPOCH,
                new SourceIdentity("https://a.example/fhir", type + "/" + ID, null),
                Set.of(),
                DataTime.UNKNOWN,
                json.getBytes(StandardCharsets.UTF_8),
                obligations,
                hidden,
                false);
    }
}
