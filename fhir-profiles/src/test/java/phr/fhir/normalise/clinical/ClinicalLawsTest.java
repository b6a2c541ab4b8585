package phr.fhir.normalise.clinical;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.normalise.Batches;
import phr.fhir.validate.Document;

/** What holds for every file of resources, whatever is in it. A failure names its seed. */
class ClinicalLawsTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 20260401, 777, -5})
    void readingTwiceIsReadingOnce(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] file = Bundles.of("collection", "B-1", Bundles.resources(random, 40), random);

        Taken once = Taken.from(Batches.intake(file));
        Taken again = Taken.from(Batches.intake(file));

        assertEquals(
                once.documents().stream().map(Taken::json).toList(),
                again.documents().stream().map(Taken::json).toList(),
                "seed " + seed);
        assertEquals(sources(once), sources(again), "seed " + seed);
        assertEquals(once.documents().size(), sources(once).size(), "no identity twice, seed " + seed);
        assertArrayEquals(file, once.originals().get(0).content().open().readAllBytes(), "seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 20260402, 778})
    void theSameDocumentIssuedAgainWithNewAddressesInAnotherOrderStoresNothingNew(long seed) throws IOException {
        Random random = new Random(seed);
        List<ObjectNode> resources = Bundles.resources(random, 30);
        Taken first = Taken.from(Batches.intake(Bundles.of("collection", "B-1", resources, random)));
        Collections.shuffle(resources, random);

        Taken second = Taken.from(Batches.intake(Bundles.of("collection", "B-1", resources, random)));

        assertEquals(contents(first), contents(second), "seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 20260403})
    void whatOnlyAnIdNamesIsOfItsDocument(long seed) throws IOException {
        Random random = new Random(seed);
        List<ObjectNode> resources = Bundles.resources(random, 20);
        resources.forEach(resource -> resource.remove("identifier"));

        Taken first = Taken.from(Batches.intake(Bundles.of("collection", "B-1", resources, random)));
        Taken other = Taken.from(Batches.intake(Bundles.of("collection", "B-2", resources, random)));

        assertEquals(contents(first).size(), contents(other).size());
        assertNotEquals(contents(first), contents(other), "seed " + seed);
        assertEquals(
                0,
                contents(first).stream().filter(contents(other)::contains).count(),
                "two documents never overwrite each other, seed " + seed);
    }

    @Test
    void aClinicIsWhatIsSaidOfItWhateverItIsCalled() throws IOException {
        String clinic = "{\"resourceType\":\"Organization\",\"name\":\"見本第一病院\",\"id\":\"%s\"}";
        Set<String> ids = new HashSet<>();
        for (String id : List.of("o", "p")) {
            Random random = new Random(id.hashCode());
            String bundle = new String(Bundles.of("collection", "B-" + id, List.of(), random), UTF_8);
            String with = bundle.substring(0, bundle.length() - 2) + ",{\"resource\":" + clinic.formatted(id) + "}]}";
            Taken.from(Batches.intake(with.getBytes(UTF_8)))
                    .of("Organization")
                    .forEach(document -> ids.add(document.facts().id().toString()));
        }
        assertEquals(1, ids.size());
    }

    @Test
    void numbersWithinAPrescriptionOrOfAnOrderAreNoNames() throws IOException {
        String first =
                "{\"resourceType\":\"MedicationRequest\",\"id\":\"1\",\"status\":\"active\",\"intent\":\"order\","
                        + "\"medicationCodeableConcept\":{\"text\":\"x\"},\"identifier\":[{\"system\":\"%s\",\"value\":\"1\"},"
                        + "{\"type\":{\"coding\":[{\"code\":\"PLAC\"}]},\"system\":\"https://clinic.example/orders\",\"value\":\"7\"}]}";
        for (String system : List.of(
                "urn:oid:1.2.392.100495.20.3.81",
                "http://jpfhir.jp/fhir/core/mhlw/IdSystem/Medication-RPGroupNumber")) {
            List<ObjectNode> medicine = List.of(Bundles.object(first.formatted(system)));
            Taken may = Taken.from(Batches.intake(Bundles.of("collection", "B-1", medicine, new Random(1))));
            Taken june = Taken.from(Batches.intake(Bundles.of("collection", "B-2", medicine, new Random(2))));
            assertNotEquals(contents(may), contents(june));
        }
    }

    private static Set<String> sources(Taken taken) {
        return taken.documents().stream()
                .map(document ->
                        document.source().namespace() + " " + document.source().id())
                .collect(Collectors.toSet());
    }

    /** All but what describes the file. */
    private static Set<String> contents(Taken taken) {
        return taken.documents().stream()
                .filter(document -> !Set.of("DocumentReference", "Provenance").contains(type(document)))
                .map(Taken::json)
                .collect(Collectors.toSet());
    }

    private static String type(Document document) {
        return document.facts().type();
    }
}
