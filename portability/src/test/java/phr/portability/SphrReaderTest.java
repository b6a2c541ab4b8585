package phr.portability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phr.fhir.Fhir;

/**
 * A reader written after the habits of the first SPHR library (phr-package.md §1 rows 2, 7, 9), independent of our importer: the
 * first index found decides the root, each folder of the root is a service, the first coding is the type, addresses are joined as
 * strings, and of several files of one type the last one stays.
 */
class SphrReaderTest {

    @TempDir
    Path spool;

    @Test
    void aReaderAfterTheSphrLibraryFindsAllDocumentsAndTheWholeLifelog() throws IOException {
        MemoryRecord a = new MemoryRecord(Providers.A.namespace());
        RandomRecord.fill(a, 12, 80);
        Map<String, byte[]> files = Repacked.of(Providers.export(Providers.A, a, spool)).files;

        String first = files.keySet().stream()
                .filter(name -> name.endsWith("index.phr"))
                .findFirst()
                .orElseThrow();
        String folder = first.substring(0, first.lastIndexOf('/'));
        String root = folder.contains("/") ? folder.substring(0, folder.lastIndexOf('/') + 1) : "";
        Set<String> services = new HashSet<>();
        files.keySet()
                .forEach(name -> services.add(name.substring(root.length()).split("/")[0]));
        assertEquals(Set.of(folder.substring(root.length())), services);

        String[] idAndTime = folder.substring(root.length()).split("_");
        assertEquals(2, idAndTime.length);
        assertTrue(idAndTime[1].matches("[0-9]{17}"));

        Map<String, byte[]> byType = new HashMap<>();
        String[] lines = new String(Objects.requireNonNull(files.get(first)), java.nio.charset.StandardCharsets.UTF_8)
                .split("\n");
        for (int i = 2; i < lines.length; i++) {
            DocumentReference reference = (DocumentReference) Fhir.json().parseResource(lines[i]);
            String url = reference.getContentFirstRep().getAttachment().getUrl();
            Coding type = reference.getType().getCodingFirstRep();
            byType.put(type.getCode(), Objects.requireNonNull(files.get(folder + "/" + url), url));
        }
        assertEquals(count(a, "85354-9"), points(byType, "omh-blood-pressure-4.0"));
        assertEquals(count(a, "29463-7"), points(byType, "omh-body-weight-2.0"));
        assertEquals(count(a, "41950-7"), points(byType, "ieee-physical-activity-1.0"));
        assertTrue(byType.containsKey("10"), "the checkup");
    }

    private static long count(MemoryRecord record, String loinc) {
        return record.resources.values().stream()
                .filter(stored -> new String(stored.json(), java.nio.charset.StandardCharsets.UTF_8)
                        .contains("\"" + loinc + "\""))
                .count();
    }

    private static long points(Map<String, byte[]> byType, String type) throws IOException {
        long points = 0;
        try (JsonParser parser = new JsonFactory().createParser(Objects.requireNonNull(byType.get(type), type))) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME
                        && parser.currentName().equals("effective_time_frame")) {
                    points++;
                }
            }
        }
        return points;
    }
}
