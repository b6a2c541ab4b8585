package phr.fhir.normalise.medication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.hl7.fhir.r4.model.MedicationDispense;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.fixtures.People;

/** Laws of identity, over random notebooks; a failure names its seed. */
class NotebookLawsTest {

    private static final List<String> HEAD =
            List.of("2,1,卵,2", "3,見本かぜ薬,20260101,,2,1", "31,1,成分,1,,2", "4,覚え書き,20260102,2");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void theSameNotebookTwiceIsTheSameRecord(long seed) {
        List<List<String>> blocks = blocks(new Random(seed));

        assertEquals(record(blocks), record(blocks), "seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void theOrderOfDispensingsDoesNotMatter(long seed) {
        Random random = new Random(seed);
        List<List<String>> blocks = blocks(random);
        Map<String, String> before = record(blocks);
        Collections.shuffle(blocks, random);

        assertEquals(before, record(blocks), "seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28, 29, 30})
    void aLongerExportChangesNothingOfWhatItHeldBefore(long seed) {
        Random random = new Random(seed);
        List<List<String>> blocks = blocks(random);
        Map<String, String> before = record(blocks);
        blocks.addAll(0, blocks(random));

        Map<String, String> after = record(blocks);

        assertTrue(after.size() > before.size(), "seed " + seed);
        after.keySet().retainAll(before.keySet());
        assertEquals(before, after, "seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34, 35})
    void aDispensingThatIsThereTwiceIsOne(long seed) {
        List<List<String>> blocks = blocks(new Random(seed));
        Map<String, String> before = record(blocks);
        blocks.addAll(List.copyOf(blocks));

        assertEquals(before, record(blocks), "seed " + seed);
    }

    @Test
    void equalLinesOfOneDispensingAreTwoMedicines() {
        String drug = "201,1,薬,1,錠,4,2171022F1010,1";

        assertEquals(
                2,
                Reading.of("JAHISTC08,1", "5,20260310,1", drug, drug)
                        .all(MedicationDispense.class)
                        .size());
    }

    @Test
    void aCorrectedAmountIsAnotherVersionOfTheSameDispensing() {
        Map<String, String> before = record(List.of(List.of("5,20260310,1", "201,1,薬,1,錠,4,2171022F1010,1")));
        Map<String, String> after = record(List.of(List.of("5,20260310,1", "201,1,薬,2,錠,4,2171022F1010,1")));

        assertEquals(before.keySet(), after.keySet());
        assertNotEquals(before, after);
    }

    @Test
    void anotherApplicationIsAnotherSource() {
        byte[] file = Reading.file("JAHISTC08,1", "5,20260310,1", "201,1,薬,1,錠,4,2171022F1010,1");
        Set<String> own = Reading.of(file).record().keySet();
        Set<String> foreign = Reading.of(file, People.HANAKO.account(Reading.PERSON), false, "vendor", true)
                .record()
                .keySet();

        assertTrue(Collections.disjoint(own, foreign));
    }

    private static Map<String, String> record(List<List<String>> blocks) {
        List<String> lines = new ArrayList<>(HEAD);
        blocks.forEach(lines::addAll);
        Reading reading = Reading.of("JAHISTC08,1", lines.toArray(String[]::new));
        assertTrue(reading.issues().stream().noneMatch(issue -> issue.rule().startsWith("VAL")));
        return reading.record();
    }

    private static List<List<String>> blocks(Random random) {
        List<List<String>> blocks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int day = 10 + random.nextInt(19);
            int year = 2000 + random.nextInt(26);
            List<String> block = new ArrayList<>();
            block.add("5," + year + "0" + (1 + random.nextInt(9)) + day + ",1");
            block.add("11,薬局" + random.nextInt(3) + ",13,4,990001" + random.nextInt(3) + ",,,,1");
            block.add("15,薬師 " + random.nextInt(3) + ",,1");
            for (int p = 0; p <= random.nextInt(2); p++) {
                block.add("51,病院" + p + ",13,1,990002" + p + ",1");
                block.add("55,医師 " + random.nextInt(2) + ",内科,1");
                for (int rp = 1; rp <= 1 + random.nextInt(3); rp++) {
                    int creator = random.nextInt(4) == 0 ? 2 : 1;
                    block.add("201," + rp + ",薬" + random.nextInt(5) + "," + rp + ",錠,1,," + creator);
                    block.add("201," + rp + ",薬" + random.nextInt(5) + "," + rp + ",錠,4,217102" + rp + "F1010,"
                            + creator);
                    block.add("301," + rp + ",朝食後服用,14,日分," + (1 + random.nextInt(7)) + ",1,," + creator);
                    block.add("311," + rp + ",補足" + rp + "," + (1 + random.nextInt(2)));
                }
            }
            block.add("501,備考" + random.nextInt(5) + "," + (1 + random.nextInt(2)));
            block.add("601,記入" + random.nextInt(5) + ",");
            blocks.add(block);
        }
        return blocks;
    }
}
