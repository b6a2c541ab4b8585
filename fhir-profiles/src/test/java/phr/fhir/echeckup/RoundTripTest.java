package phr.fhir.echeckup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phr.fhir.failure.Issue;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.Checkups;
import phr.fhir.fixtures.LegalValues;
import phr.fhir.fixtures.People;
import phr.fhir.fixtures.Person;
import phr.fhir.jp.CheckupItem;
import phr.fhir.jp.CheckupItems;
import phr.fhir.jp.Generation;
import phr.fhir.jp.ValueType;

/**
 * CDA → record → eCheckup → our own reader → record: the same items with the same values, but for those that a remark names. A failure
 * names its seed.
 */
class RoundTripTest {

    /** What a record says of a result that another record can say too. */
    private static final List<String> OF_THE_FILE =
            List.of("id", "meta", "subject", "encounter", "performer", "hasMember");

    static Stream<Long> seeds() {
        return Stream.concat(
                Stream.of(1L, 20260401L, -7L), new Random(20261122).longs(12).boxed());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsGivenOutComesBack(long seed) {
        Checkup checkup = generated(seed);
        holds(checkup, "seed " + seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyItemComesBack(long seed) {
        Person person = People.all().get((int) Math.floorMod(seed, 4L));
        for (Generation generation : Generation.values()) {
            holds(Checkups.everyItem(person, generation, seed), generation + ", seed " + seed);
        }
    }

    private static void holds(Checkup checkup, String seed) {
        Recorded before = Recorded.of(checkup);
        CheckupBundle document = before.document();
        Recorded after = Recorded.ofDocument(document, checkup.person());

        Map<String, String> expected = results(before);
        List<String> left = document.issues().stream()
                .filter(issue -> issue.rule().equals("ECF-1") || issue.rule().equals("ECF-4"))
                .flatMap(issue -> issue.expressions().stream())
                .map(place -> place.replaceFirst("^(Observation/[^.]*).*", "$1"))
                .toList();
        left.forEach(expected::remove);

        assertFalse(expected.isEmpty(), seed);
        assertEquals(lines(expected.values().stream()), lines(results(after).values().stream()), seed);
        assertTrue(document.issues().stream().allMatch(RoundTripTest::quotesNothing), seed);
        assertEquals(Recorded.json(document), Recorded.json(before.document()), "made again, " + seed);
    }

    private static boolean quotesNothing(Issue issue) {
        return !issue.text().contains("見本") && issue.text().chars().noneMatch(Character::isDigit);
    }

    private static String lines(Stream<String> results) {
        return String.join("\n", results.sorted().toList());
    }

    /** By their names what they say; of a group what its members are. */
    private static Map<String, String> results(Recorded record) {
        Map<String, String> codes = new HashMap<>();
        Map<String, String> physicians = new HashMap<>();
        record.resources().forEach(resource -> {
            codes.put(Tree.name(resource), Recorded.code(resource));
            physicians.put(Tree.name(resource), resource.at("/name/0/text").asText());
        });
        Map<String, String> results = new TreeMap<>();
        record.all("Observation").forEach(observation -> {
            ObjectNode said = observation.deepCopy();
            said.remove(OF_THE_FILE);
            if (said.path("interpretation").size() > 1) {
                ((ArrayNode) said.get("interpretation")).remove(1);
            }
            ArrayNode members = said.putArray("members");
            for (JsonNode member : observation.path("hasMember")) {
                members.add(member.at("/extension/0/valueCode").asText() + " "
                        + codes.get(member.path("reference").asText()));
            }
            said.put(
                    "physician",
                    physicians.get(observation.at("/performer/0/reference").asText()));
            results.put(Tree.name(observation), said.toString());
        });
        return results;
    }

    /** Some of the items in every state that a result can have. */
    private static Checkup generated(long seed) {
        Random random = new Random(seed);
        LegalValues values = new LegalValues(seed);
        Generation generation = Generation.values()[random.nextInt(2)];
        Person person = People.all().get(random.nextInt(4));
        Checkup checkup = Checkup.of(person)
                .by(generation)
                .on(LocalDate.of(generation == Generation.FY2018 ? 2019 : 2025, 1 + random.nextInt(12), 1));
        List<String> programs = List.of("010", "020", "030", "040", "060", "070", "080", "990");
        checkup.program(programs.get(random.nextInt(programs.size())));
        List<String> authorItems = CheckupItems.all().stream()
                .flatMap(item -> Stream.ofNullable(item.authorItem()))
                .toList();
        for (CheckupItem item : CheckupItems.of(generation)) {
            if (authorItems.contains(item.code()) || random.nextInt(3) == 0) {
                continue;
            }
            switch (random.nextInt(10)) {
                case 0 -> checkup.notPerformed(item.code());
                case 1 -> checkup.notMeasurable(item.code());
                case 2 -> {
                    if (item.type() == ValueType.PQ) {
                        checkup.beyond(item.code(), values.of(item, generation), random.nextBoolean() ? "L" : "H");
                    } else {
                        checkup.item(item.code(), values.of(item, generation));
                    }
                }
                default -> checkup.item(item.code(), values.of(item, generation));
            }
            if (item.type() == ValueType.PQ && random.nextInt(4) == 0) {
                checkup.flag(List.of("H", "L", "N").get(random.nextInt(3)))
                        .range("1", random.nextBoolean() ? "9" : null);
            }
            if (item.type() == ValueType.ST && random.nextInt(3) == 0) {
                checkup.physician("見本 医師" + random.nextInt(3));
            }
        }
        return checkup.item("9N001000000000001", "158.2");
    }
}
