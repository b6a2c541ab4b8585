package phr.gateway.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.normalise.Format;

/** Which source family takes a file. */
class FormatsTest {

    @Test
    void everyFamilyHasANameOfItsOwn() {
        List<String> names = Formats.all().stream().map(Format::name).toList();
        assertEquals(names.size(), Set.copyOf(names).size());
        assertTrue(new TreeSet<>(names)
                .containsAll(Set.of(
                        "myna-prescription",
                        "myna-vaccination",
                        "medical-costs",
                        "municipal-checkup",
                        "infant-checkup",
                        "maternity-checkup")));
    }

    /** What only a sender can name is never found by its content. */
    @ParameterizedTest
    @ValueSource(strings = {"<spd><TM01/></spd>", "年月,施設,金額\n2025-04,見本薬局,2400\n", "%PDF-1.4", "just text"})
    void unknownFilesAreKeptAsUnknown(String content) {
        byte[] head = content.getBytes(StandardCharsets.UTF_8);
        assertEquals(
                "other",
                Formats.all().stream()
                        .filter(format -> format.recognises(head))
                        .findFirst()
                        .orElseThrow()
                        .name());
    }
}
