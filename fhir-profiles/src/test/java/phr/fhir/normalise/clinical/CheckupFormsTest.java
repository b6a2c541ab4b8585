package phr.fhir.normalise.clinical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phr.fhir.jp.AnswerLists;
import phr.fhir.jp.CheckupItem;
import phr.fhir.jp.CheckupItems;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.normalise.Batches;

/** A checkup that came as CDA and one that came as FHIR are one form in the record, so that a line joins both. */
class CheckupFormsTest {

    private static final Set<String> OF_THE_FILE = Set.of("id", "subject", "encounter", "performer");

    static Stream<Path> checkups() throws IOException, URISyntaxException {
        Path golden = Path.of(Objects.requireNonNull(CheckupFormsTest.class.getResource("/golden/checkup"))
                .toURI());
        try (Stream<Path> files = Files.walk(golden)) {
            return files.filter(file -> file.endsWith("expected.ndjson")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("checkups")
    void whatTheRecordMadeOfCdaIsTheSameWhenItComesAsFhir(Path file) throws IOException {
        List<ObjectNode> results = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("{\"resourceType\":\"Observation\"")) {
                results.add(sent(Bundles.object(line.substring(0, line.lastIndexOf('}') + 1))));
            }
        }

        Taken taken = Taken.from(Batches.intake(Bundles.checkup(results)));

        assertEquals(kept(results, Map.of()), kept(taken));
    }

    /** References among results, as a document writes them. */
    private static ObjectNode sent(ObjectNode stored) {
        stored.path("hasMember").forEach(member -> ((ObjectNode) member)
                .put("reference", member.path("reference").asText().replace("Observation/", "urn:uuid:")));
        stored.remove(List.of("subject", "encounter", "performer"));
        return stored;
    }

    private static Set<String> kept(Taken taken) {
        Map<String, String> sources = new HashMap<>();
        List<ObjectNode> results = new ArrayList<>();
        taken.of("Observation").forEach(document -> {
            String id = document.source().id();
            sources.put("Observation/" + document.facts().id(), id.substring(id.indexOf('/') + 1));
            results.add(Bundles.object(Taken.json(document)));
        });
        return kept(results, sources);
    }

    private static Set<String> kept(List<ObjectNode> results, Map<String, String> sources) {
        Set<String> kept = new TreeSet<>();
        for (ObjectNode result : results) {
            ObjectNode copy = result.deepCopy();
            copy.remove(OF_THE_FILE);
            for (JsonNode member : copy.path("hasMember")) {
                String reference = member.path("reference").asText();
                ((ObjectNode) member).put("reference", sources.getOrDefault(reference, reference));
            }
            kept.add(copy.toString());
        }
        return kept;
    }

    @Test
    void everyItemOfTheTableIsKnownUnderEverySystemThatWasEverWritten() throws IOException {
        for (String system : List.of(
                CheckupSystem.ITEM.url(),
                "urn:oid:1.2.392.200119.4.504",
                "http://medis.or.jp/CodeSystem/master-JLAC10-17digits",
                "http://jpfhir.jp/fhir/eCheckup/CodeSystem/jlac10")) {
            List<ObjectNode> results = new ArrayList<>();
            for (CheckupItem item : CheckupItems.all()) {
                ObjectNode result = result(item);
                result.putObject("code")
                        .putArray("coding")
                        .addObject()
                        .put("system", system)
                        .put("code", item.code());
                results.add(result);
            }

            Taken taken = Taken.from(Batches.intake(Bundles.checkup(results)));

            assertEquals(List.of(), taken.findings());
            assertEquals(CheckupItems.all().size(), taken.of("Observation").count());
            taken.of("Observation").forEach(document -> {
                JsonNode first = Bundles.object(Taken.json(document)).at("/code/coding/0");
                assertEquals(CheckupSystem.ITEM.url(), first.path("system").asText());
                assertTrue(first.hasNonNull("display"));
            });
        }
    }

    private static ObjectNode result(CheckupItem item) {
        ObjectNode result = Bundles.object(
                "{\"resourceType\":\"Observation\",\"status\":\"final\",\"effectiveDateTime\":\"2025-06-02\"}");
        result.put("id", item.code());
        switch (item.type()) {
            case PQ -> {
                ObjectNode quantity = result.putObject("valueQuantity").put("value", 1);
                if (item.xmlUnit() != null) {
                    quantity.put("unit", item.xmlUnit());
                }
            }
            case CD, CO -> {
                String list = item.generations().values().stream()
                        .map(coding -> String.valueOf(coding.answerOid()))
                        .filter(oid -> !AnswerLists.codes(oid).isEmpty())
                        .findFirst()
                        .orElseThrow();
                String code = AnswerLists.codes(list).iterator().next();
                result.putObject("valueCodeableConcept")
                        .putArray("coding")
                        .addObject()
                        .put("system", "urn:oid:" + list)
                        .put("code", code);
            }
            case ST -> result.put("valueString", "見本");
        }
        return result;
    }
}
