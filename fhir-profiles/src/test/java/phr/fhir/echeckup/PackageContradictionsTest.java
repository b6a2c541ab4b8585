package phr.fhir.echeckup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import phr.fhir.conformance.ConformanceValidator;
import phr.fhir.conformance.PackageSupport;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.Checkups;
import phr.fhir.fixtures.People;
import phr.fhir.jp.Generation;

/**
 * With the packages of JP Core and eCheckup in the folder {@code fhir-packages} of the directory that {@code PHR_REFERENCE_DATA} names:
 * the packaged profiles are those of 1.0.0-temp, and no document can satisfy both them and 1.5.0 (checkup-fhir.md §3, §11). What they
 * say against ours stands in {@code known-contradictions.tsv}; nothing else may come, and what no longer comes is struck out.
 */
@EnabledIfEnvironmentVariable(named = "PHR_REFERENCE_DATA", matches = ".+")
class PackageContradictionsTest {

    /** One row: where it is written down, the validator's rule, place and message as regular expressions. */
    private record Known(String id, String rule, String place, String message) {

        boolean is(SingleValidationMessage found) {
            return String.valueOf(found.getMessageId()).endsWith(rule)
                    && PackageContradictionsTest.place(found).matches(place)
                    && found.getMessage().replace('\n', ' ').matches(message);
        }
    }

    private static String place(SingleValidationMessage found) {
        return String.valueOf(found.getLocationString())
                .replaceAll("/\\*[^*]*\\*/", "")
                .replaceAll("\\[\\d+]", "[*]");
    }

    private static List<Known> known() throws IOException {
        List<Known> known = new ArrayList<>();
        String table = "known-contradictions.tsv";
        try (InputStream in =
                Objects.requireNonNull(PackageContradictionsTest.class.getResourceAsStream(table), table)) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split("\t", -1))
                    .forEach(row -> known.add(new Known(row[0], row[1], row[2], row[3])));
        }
        return known;
    }

    private static List<Checkup> checkups() {
        return List.of(
                Checkups.hanako2025(),
                Checkups.hanako2019(),
                Checkups.taro2025(),
                Checkups.everyItem(People.SHIGE, Generation.FY2024, 20260401),
                Checkups.everyItem(People.RYOKO, Generation.FY2018, 20260402),
                Checkups.hanako2025().category("41").program("030"),
                Checkups.hanako2025().program("070"));
    }

    @Test
    void thePackagesContradictOurDocumentsOnlyAsKnown() throws IOException {
        Path packages = Path.of(System.getenv("PHR_REFERENCE_DATA"), "fhir-packages");
        ConformanceValidator validator = ConformanceValidator.ofGuideAnd(List.of(
                PackageSupport.read(packages.resolve("jp-core.r4-1.1.2-url.tgz")),
                PackageSupport.read(packages.resolve("jp-eChekupReport.r4.tgz"))));
        assertTrue(validator.knows(ECheckupForm.PROFILE));
        List<Known> known = known();
        Set<Known> met = new LinkedHashSet<>();
        Set<String> unknown = new TreeSet<>();
        for (Checkup checkup : checkups()) {
            String document = Recorded.json(Recorded.of(checkup).document());
            for (SingleValidationMessage found : validator.messages(document, List.of(ECheckupForm.PROFILE))) {
                if (found.getSeverity().compareTo(ResultSeverityEnum.ERROR) < 0) {
                    continue;
                }
                List<Known> rows = known.stream().filter(row -> row.is(found)).toList();
                met.addAll(rows);
                if (rows.isEmpty()) {
                    unknown.add(found.getMessageId() + " " + place(found) + " " + found.getMessage());
                }
            }
        }
        assertEquals("", String.join("\n", unknown), "not in the table");
        assertEquals(List.of(), known.stream().filter(row -> !met.contains(row)).toList(), "no longer found");
    }
}
