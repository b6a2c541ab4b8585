package phr.fhir.normalise.vendor.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.fhir.failure.FailureException;
import phr.fhir.normalise.Batches;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.Report;
import phr.fhir.normalise.vendor.VendorFormat;
import phr.fhir.normalise.vendor.table.VendorTables;

/** Tables of records that an operator writes (mynaportal.md §4, MYNA-R6). */
class RecordTablesTest {

    private static final String HEADER = "kind\tgroup\tcolumn\trole\tdetail\tunit\tmultiply\n";

    /** Each row alone is wrong, so the start stops at line 4. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "an item of no table ~ x>item>9X999000000000011",
                "a unit that the item does not have ~ x>item>9N001000000000001>mm",
                "an item without system ~ x>number>weight>kg",
                "an answer without system ~ x>answer>http://a.example#1|yes=1",
                "a long row with an unknown item ~ x>code>A=9X999000000000011",
                "a vaccine without system ~ x>vaccine>BCG=1",
                "a medicine code without system ~ x>medicine-code>yj",
                "a cost without code ~ x>cost>2400",
                "a category that is none ~ *>category>checkup-martian",
                "a resource that is none ~ *>resource>claim",
                "an HL7 category that is none ~ *>observed>blood",
                "a date format that is none ~ x>born>uuuu/bb"
            })
    void aWrongRowStopsTheStartAndSaysWhere(String why, String row, @TempDir Path directory) throws IOException {
        String cells = "k\t\t" + row.replace('>', '\t');
        Files.writeString(
                directory.resolve("town.tsv"),
                HEADER + "k\t\tday\tday\nk\t\ty\titem\t9N001000000000001\n" + cells + "\n"
                        + (row.contains("category") ? "" : "k\t\t*\tcategory\tcheckup-municipal\n"));
        List<String> places = faults(directory);
        assertTrue(places.contains("town.tsv [line 4]"), why + " " + places);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "records without a date ~ k>>*>category>claims|k>>x>cost>submitted",
                "records with measured values ~ k>>*>category>claims|k>>d>day|k>>x>value>weight>kg",
                "items without a category ~ k>>d>day|k>>v>value>weight>kg|k>>x>item>9N001000000000001",
                "XML without the root ~ k>>*>category>claims|k>>*>reader>xml|k>>d>day|k>>x>cost>submitted",
                "XML without the rows ~ k>>*>category>claims|k>>*>reader>xml|k>>*>name>a|k>>d>day|k>>x>cost>submitted",
                "CSV that nothing tells ~ k>>*>category>claims|k>>*>name>a"
            })
    void aKindThatCannotWorkStopsTheStartAtItsFirstLine(String why, String rows, @TempDir Path directory)
            throws IOException {
        Files.writeString(
                directory.resolve("town.tsv"), HEADER + rows.replace('>', '\t').replace('|', '\n') + "\n");
        List<String> places = faults(directory);
        assertTrue(places.contains("town.tsv [line 2]"), why + " " + places);
    }

    private static List<String> faults(Path directory) {
        FailureException refused = assertThrows(
                FailureException.class, () -> VendorTables.bundled().with(directory));
        return refused.failure().issues().stream()
                .map(issue -> issue.entry() + " " + issue.expressions())
                .toList();
    }

    /** What the operator reads in deploy/README.md is a table that the gateway starts with. */
    @Test
    void theExampleOfTheManualIsATable(@TempDir Path directory) throws IOException {
        String manual = Files.readString(Path.of("..", "deploy", "README.md"));
        int begin = manual.indexOf(HEADER);
        String example = manual.substring(begin, manual.indexOf("```", begin));
        Files.writeString(directory.resolve("example.tsv"), example);
        VendorTables tables = VendorTables.bundled().with(directory);
        assertEquals(
                List.of("cancer", "doses"),
                tables.kinds().stream()
                        .filter(kind -> kind.vendor().equals("example"))
                        .map(kind -> kind.name())
                        .toList());
    }

    @Test
    void anEmptyDirectoryLeavesUnknownXmlAsItIs(@TempDir Path directory) {
        VendorFormat format = new VendorFormat(VendorTables.bundled().with(directory));
        assertFalse(format.recognises("<VaccinationRecords/>".getBytes(UTF_8)));
    }

    /** What the source forgets stays; what it repeats is not doubled (MYNA-R3). */
    @Test
    void aLaterDownloadAddsWhatIsNewAndRepeatsWhatIsKnown() throws IOException {
        String head = "診療年月,医療機関名,医療費の総額,窓口負担額,日数\n";
        String first = head + "2025-03,見本医院,1000,300,1\n2025-03,見本医院,1000,300,1\n2025-04,見本薬局,500,150,1\n";
        String later = head + "2025-04,見本薬局,500,150,1\n2025-05,見本医院,900,270,1\n2025-03,見本医院,1000,300,1\n";
        List<String> before = ids(first);
        List<String> after = ids(later);
        assertEquals(3, before.size());
        assertEquals(3, new TreeSet<>(before).size());
        assertEquals(2, after.stream().filter(before::contains).count());
    }

    @Test
    void normalisingTwiceIsNormalisingOnce() throws IOException {
        byte[] file = costs(200);
        assertEquals(
                OperatorTables.answer(file, null, true).files(),
                OperatorTables.answer(file, null, true).files());
    }

    @Test
    void aLongFileGoesInBatches() throws IOException {
        List<Integer> sizes = new ArrayList<>();
        Report report = new Normalisation(OperatorTables.formats())
                .normalise(
                        Batches.intake(Content.of(costs(5000))),
                        batch -> sizes.add(batch.drafts().size()));
        assertTrue(sizes.stream().allMatch(size -> size <= 1000), sizes.toString());
        assertEquals(5000, report.documents().get(0).mapped());
    }

    @Test
    void theTableAndItsVersionStandInProvenance() throws IOException {
        String provenance = OperatorTables.answer(costs(1), null, true).resources().stream()
                .filter(resource -> resource.contains("\"Provenance\""))
                .collect(Collectors.joining());
        assertTrue(provenance.contains("source table portal-example:costs"), provenance);
        assertTrue(provenance.contains("2026-2"), provenance);
    }

    private static byte[] costs(int rows) {
        StringBuilder file = new StringBuilder("診療年月,医療機関名,医療費の総額,窓口負担額,日数\n");
        for (int i = 0; i < rows; i++) {
            file.append("2025-%02d,見本医院,%d,%d,1\n".formatted(1 + i % 12, 1000 + i, 300 + i));
        }
        return file.toString().getBytes(UTF_8);
    }

    private static List<String> ids(String file) throws IOException {
        return OperatorTables.answer(file.getBytes(UTF_8), null, true).resources().stream()
                .filter(resource -> resource.contains("\"ExplanationOfBenefit\""))
                .map(resource -> resource.replaceAll(".*?\"id\":\"([^\"]+)\".*", "$1"))
                .toList();
    }
}
