package phr.fhir.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import phr.fhir.facts.LabelHit;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;
import phr.fhir.failure.FailureException;

class LabelTablesTest {

    private static final String ROW = "rule\tX-1\t\ticd10\tF32*\t\tmental-health\tR\tMH\tsource\tconfirmed\n";

    /** Golden: one row per code of each domain; no rule = nothing special. */
    @ParameterizedTest
    @CsvFileSource(resources = "/golden/labels/codes.csv", numLinesToSkip = 1, emptyValue = "")
    void every_domain_labels_its_codes(
            String category, String system, String code, String rule, String level, String codes) {
        LabelSystems systems = LabelSystems.bundled();
        for (String address : systems.of(system)) {
            LabelTables.Finding finding = find(category, address + "|" + code);
            String rules = finding.hits().stream().map(LabelHit::rule).sorted().collect(Collectors.joining(" "));
            assertEquals(rule == null ? "" : rule, rules, code);
            Labels labels = finding.hits().stream().map(LabelHit::labels).reduce(Labels.NORMAL, Labels::raisedBy);
            assertEquals(level, labels.confidentiality().name(), code);
            assertEquals(codes == null ? "" : codes, String.join(" ", new TreeSet<>(labels.sensitivities())), code);
        }
    }

    @Test
    void every_hit_names_its_rule_and_the_version_of_its_table() {
        LabelHit hit =
                find("problem", "http://hl7.org/fhir/sid/icd-10|B20").hits().get(0);
        assertEquals("infection-sensitive.INF-ICD-HIV|2", hit.reference());
    }

    @ParameterizedTest
    @CsvSource({
        "F00..F99, F32.1, true", "F00..F99, F321, true", "F00..F99, f32, true", "F00..F99, G00, false",
        "F00..F99, E99.9, false", "F00..F99, F, false", "Z137*, Z13.7, true", "Z137*, Z13.8, false",
        "=02, 02, true", "=02, 021, false", "625* !6250021*, 6250021M1027, false", "625* !6250021*, 6250012F1020, true",
        "A1* B2..B4, B3Z, true"
    })
    void codes_are_compared_without_dots_and_case(String pattern, String code, boolean matches) {
        CodePattern parsed = Objects.requireNonNull(CodePattern.parse(pattern));
        assertEquals(matches, parsed.matches(code));
    }

    @ParameterizedTest
    @CsvSource({"F99..F00", "F00..F9", "F00-F99", "*", "''", "!F00*", "'F00*,F01*'"})
    void what_is_no_pattern_is_refused(String pattern) {
        assertEquals(null, CodePattern.parse(pattern));
    }

    @Test
    void an_operator_adds_tables_and_the_version_changes(@TempDir Path directory) throws IOException {
        write(
                directory,
                "house.tsv",
                "table\thouse\t7\ncovers\thttp://house.example/codes\n"
                        + ROW.replace("icd10", "http://house.example/codes"));
        LabelTables tables = LabelTables.bundled().with(directory);
        assertTrue(tables.covers("http://house.example/codes"));
        assertFalse(LabelTables.bundled().covers("http://house.example/codes"));
        assertNotEquals(LabelTables.bundled().version(), tables.version());
        assertEquals(tables.version(), LabelTables.bundled().with(directory).version());
        assertEquals(
                Set.of(PhrCategory.PROBLEM, PhrCategory.MENTAL_HEALTH),
                tables.find(
                                Set.of(PhrCategory.PROBLEM),
                                new Coded(Set.of("http://house.example/codes|F32.9"), Set.of()))
                        .categories());
    }

    @Test
    void every_fault_of_a_table_is_located(@TempDir Path directory) throws IOException {
        write(
                directory,
                "a.tsv",
                "table\thouse\t1\n# remark\nrule\tX\n" + ROW.replace("icd10", "icd11")
                        + ROW.replace("F32*", "F32-F33").replace("X-1", "X-2")
                        + ROW.replace("mental-health", "mental").replace("X-1", "X-3")
                        + ROW.replace("\tR\t", "\tSECRET\t").replace("X-1", "X-4")
                        + ROW.replace("MH", "HM").replace("X-1", "X-5")
                        + ROW.replace("confirmed", "sure").replace("X-1", "X-6")
                        + ROW.replace("X-1", "X-7") + ROW.replace("X-1", "X-7") + "rules\n");
        write(directory, "b.tsv", "table\tmental-health\t1\n");
        Files.write(directory.resolve("c.tsv"), new byte[] {(byte) 0x82, (byte) 0xA0});
        write(directory, "d.tsv", "");
        FailureException refused =
                assertThrows(FailureException.class, () -> LabelTables.bundled().with(directory));
        List<String> places = refused.failure().issues().stream()
                .map(issue -> issue.entry() + " " + String.join(" ", issue.expressions()))
                .toList();
        assertEquals(
                List.of(
                        "a.tsv line 3",
                        "a.tsv line 4",
                        "a.tsv line 5",
                        "a.tsv line 6",
                        "a.tsv line 7",
                        "a.tsv line 8",
                        "a.tsv line 9",
                        "a.tsv line 11",
                        "a.tsv line 12",
                        "b.tsv line 1",
                        "c.tsv ",
                        "d.tsv line 1"),
                places);
    }

    @Test
    void a_directory_that_is_not_there_is_a_fault(@TempDir Path directory) {
        assertThrows(FailureException.class, () -> LabelTables.bundled().with(directory.resolve("missing")));
    }

    private static LabelTables.Finding find(String category, String token) {
        return LabelTables.bundled().find(Set.of(PhrCategory.parse(category)), new Coded(Set.of(token), Set.of()));
    }

    private static void write(Path directory, String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text, StandardCharsets.UTF_8);
    }
}
