package phr.fhir.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.facts.PhrCategory;
import phr.fhir.label.LabelTables;

class CodeCategoriesTest {

    @ParameterizedTest
    @CsvSource({
        "http://loinc.org|44261-6, MENTAL_HEALTH",
        "http://loinc.org|56888-1, INFECTION_SENSITIVE",
        "http://hl7.org/fhir/sid/icd-10|F32.1, MENTAL_HEALTH",
        "http://www.whocc.no/atc|G03AA07, REPRODUCTIVE",
        "http://loinc.org|85354-9, LIFELOG_VITALS",
        "urn:oid:1.2.392.200119.6.1001|10, CHECKUP_SPECIFIC",
    })
    void a_code_that_means_a_category_is_told(String token, PhrCategory category) {
        assertEquals(Optional.of(Set.of(category)), CodeCategories.of(token, LabelTables.bundled()));
    }

    @Test
    void a_known_code_without_any_rule_says_nothing_special() {
        assertEquals(Optional.of(Set.of()), CodeCategories.of("http://loinc.org|718-7", LabelTables.bundled()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://house.example/codes|1",
                "44261-6",
                "|44261-6",
                "urn:oid:1.2.392.200119.6.1005|9N911000000000011",
                "urn:oid:1.2.392.200119.6.1001|none",
            })
    void of_everything_else_it_cannot_be_told(String token) {
        assertEquals(Optional.empty(), CodeCategories.of(token, LabelTables.bundled()));
    }
}
