package phr.fhir.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.Fhir;
import phr.fhir.jp.CheckupConcepts;
import phr.fhir.jp.CheckupItem;
import phr.fhir.jp.CheckupItems;

class ExpansionTest {

    private static final String SETS = Fhir.CANONICAL + "/ValueSet/";

    /** A search for one series finds what the table joins, and nothing that must stay apart. */
    @Test
    void everySeriesHasASetAndTheSetsShareNoItem() {
        Map<String, String> seen = new HashMap<>();
        for (CheckupConcepts.Concept concept : CheckupConcepts.all()) {
            Expansion set =
                    Expansion.find(SETS + "checkup-concept-" + concept.code()).orElseThrow();
            assertEquals(Fhir.CANONICAL + "/CodeSystem/checkup-concept|" + concept.code(), set.series());
            assertEquals(
                    concept.items().stream()
                            .map(item -> "urn:oid:1.2.392.200119.6.1005|" + item)
                            .toList(),
                    set.tokens());
            set.tokens().forEach(token -> assertNull(seen.put(token, set.url()), token));
        }
    }

    @Test
    void anItemIsInTheSetOfItsOwnSeriesOnly() {
        for (CheckupItem item : CheckupItems.all()) {
            String series = CheckupConcepts.of(item.code()).orElseThrow().code();
            List<String> holding = Guide.artefacts().stream()
                    .filter(artefact -> artefact.type().equals("ValueSet"))
                    .map(artefact -> Expansion.find(artefact.url()).orElseThrow())
                    .filter(set -> set.series() != null
                            && set.tokens().stream().anyMatch(token -> token.endsWith("|" + item.code())))
                    .map(Expansion::url)
                    .toList();
            boolean alone = series.equals(item.code());
            assertEquals(alone ? List.of() : List.of(SETS + "checkup-concept-" + series), holding);
        }
    }

    @Test
    void aSetOfAWholeSystemIsOneToken() {
        assertEquals(
                List.of("urn:oid:1.2.392.200119.6.1005|"),
                Expansion.find(SETS + "checkup-item").orElseThrow().tokens());
        assertNull(Expansion.find(SETS + "checkup-item").orElseThrow().series());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s/ValueSet/checkup-concept-hba1c",
                "%s/ValueSet/checkup-concept-hba1c|0.1.0",
                "ValueSet/checkup-concept-hba1c",
                "ValueSet/checkup-concept-hba1c|0.1.0"
            })
    void aSetIsFoundByItsAddressWithOrWithoutVersion(String address) {
        assertEquals(
                4,
                Expansion.find(address.replace("%s", Fhir.CANONICAL))
                        .orElseThrow()
                        .tokens()
                        .size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "|",
                "ValueSet/",
                "checkup-concept-hba1c",
                "ValueSet/checkup-concept-hba1c|9",
                "http://hl7.org/fhir/ValueSet/observation-status",
                "https://phr-gateway.example/fhir/CodeSystem/checkup-concept"
            })
    void anotherAddressIsNoSetOfOurs(String address) {
        assertTrue(Expansion.find(address).isEmpty());
    }
}
