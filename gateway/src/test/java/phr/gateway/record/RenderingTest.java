package phr.gateway.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.junit.jupiter.api.Test;
import phr.consent.Obligation;
import phr.fhir.Fhir;
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
        Rendering limited = new Rendering(Set.of(Obligation.KEEP_LABELS));
        Entry entry = entry("Observation", "{}", Set.of(Obligation.MASK_REFERENCES), Set.of());
        assertEquals(Optional.empty(), limited.render(entry));
    }

    @Test
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
    void the_last_reference_of_a_list_stays_masked_and_numbers_keep_their_digits() {
        String json = """
                {"resourceType":"Observation","status":"final","code":{"text":"x"},
                 "performer":[{"reference":"Organization/c/_history/2","display":"SECRET"}],
                 "valueQuantity":{"value":5.00,"unit":"x"},"derivedFrom":[{"reference":"Observation/a"}]}
                """;
        String shown = text(entry("Observation", json, Set.of(Obligation.MASK_REFERENCES), Set.of("Organization/c")));
        assertFalse(shown.contains("SECRET"));
        assertFalse(shown.contains("Organization/c"));
        assertTrue(shown.contains("\"masked\""));
        assertTrue(shown.contains("5.00"));
        assertTrue(shown.contains("Observation/a"));
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
                json.getBytes(StandardCharsets.UTF_8),
                obligations,
                hidden);
    }
}
