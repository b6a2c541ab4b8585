package phr.fhir.normalise.vendor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phr.fhir.normalise.Batches;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.Original;
import phr.fhir.normalise.Packer;
import phr.fhir.normalise.Report;
import phr.fhir.validate.Document;
import phr.fhir.validate.ReferenceValidator;
import phr.fhir.validate.Validated;
import phr.fhir.validate.Validator;

/**
 * Whole files of vendors through normaliser and validator. Each folder of {@code golden/vendor} has {@code in.*} and
 * {@code expected.ndjson}, the Observations as stored, and {@code expected.issues}, the report and the findings. With
 * {@code -Dgolden.write=DIR} the answers are written to that directory instead of compared.
 */
class GoldenVendorTest {

    static Stream<Path> cases() throws IOException, URISyntaxException {
        URL folder = Objects.requireNonNull(GoldenVendorTest.class.getResource("/golden/vendor"));
        try (Stream<Path> cases = Files.list(Path.of(folder.toURI()))) {
            return cases.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theFileBecomesWhatIsExpected(Path folder) throws IOException {
        Answer answer = answer(input(folder), true);
        String written = System.getProperty("golden.write");
        if (written != null) {
            Path out = Files.createDirectories(Path.of(written, String.valueOf(folder.getFileName())));
            Files.write(out.resolve("expected.ndjson"), answer.resources());
            Files.write(out.resolve("expected.issues"), answer.issues());
            return;
        }
        assertEquals(read(folder, "expected.ndjson"), String.join("\n", answer.resources()));
        assertEquals(read(folder, "expected.issues"), String.join("\n", answer.issues()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theReferenceValidatorFindsNoErrorInWhatIsStored(Path folder) throws IOException {
        for (String resource : answer(input(folder), true).all()) {
            assertEquals(List.of(), ReferenceValidator.errors(resource), resource);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theFastWayAndTheLongOneGiveTheSame(Path folder) throws IOException {
        byte[] content = input(folder);
        assertEquals(answer(content, false).resources(), answer(content, true).resources());
        assertEquals(answer(content, false).issues(), answer(content, true).issues());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theAnswerDoesNotDependOnTheServersCountry(Path folder) throws IOException {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        byte[] content = input(folder);
        Answer here = answer(content, true);
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
            assertEquals(here.resources(), answer(content, true).resources());
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theOriginalIsKeptByteForByteUnlessItMustNotBeStored(Path folder) throws IOException {
        byte[] content = input(folder);
        Answer answer = answer(content, true);
        boolean refused = answer.issues().stream().anyMatch(line -> line.contains("REQ-SEC-2"));
        assertEquals(refused ? 0 : 1, answer.originals().size());
        for (Original original : answer.originals()) {
            assertArrayEquals(content, original.content().open().readAllBytes());
        }
        assertFalse(answer.all().isEmpty() && !refused);
    }

    private static byte[] input(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Path in = files.filter(file -> String.valueOf(file.getFileName()).startsWith("in."))
                    .findFirst()
                    .orElseThrow();
            return Files.readAllBytes(in);
        }
    }

    private static String read(Path folder, String name) throws IOException {
        return String.join("\n", Files.readAllLines(folder.resolve(name), StandardCharsets.UTF_8));
    }

    /** @param resources Observations with their categories, sorted */
    record Answer(List<String> resources, List<String> all, List<String> issues, List<Original> originals) {}

    static Answer answer(byte[] content, boolean fast) throws IOException {
        Intake intake = Batches.intake(Content.of(content));
        Validator validator = new Validator();
        List<String> resources = new ArrayList<>();
        List<String> all = new ArrayList<>();
        List<String> issues = new ArrayList<>();
        List<Original> originals = new ArrayList<>();
        Normalisation normalisation = new Normalisation(Sources.all());
        byte[] head = Arrays.copyOf(content, Math.min(content.length, Normalisation.HEAD));
        normalisation.check(head, null);
        Report report = normalisation.normalise(intake, fast ? validator::pack : Packer.NONE, batch -> {
            Validated validated = validator.validate(batch);
            validated.issues().forEach(issue -> issues.add(line(issue)));
            originals.addAll(validated.originals());
            validated.documents().forEach(document -> add(document, resources, all));
            validated.samples().forEach(sample -> add(Document.of(sample), resources, all));
        });
        report.documents().forEach(row -> issues.add(row.toString()));
        report.issues().forEach(issue -> issues.add(line(issue)));
        assertTrue(
                issues.stream().noneMatch(line -> line.contains("[]") && !line.contains("REQ-SEC-2")),
                issues.toString());
        resources.sort(null);
        return new Answer(resources, all, issues, originals);
    }

    private static String line(phr.fhir.failure.Issue issue) {
        String entry = issue.entry() == null ? "" : issue.entry() + " ";
        return issue.severity() + " " + issue.rule() + " "
                + (entry.isEmpty() || !issue.expressions().isEmpty() ? entry + issue.expressions() : entry.strip())
                + " "
                + issue.text();
    }

    private static void add(Document document, List<String> resources, List<String> all) {
        String json = new String(document.json(), StandardCharsets.UTF_8);
        all.add(json);
        if (document.facts().type().equals("Observation")) {
            resources.add(json + " "
                    + document.facts().categories().values().stream().sorted().toList());
        }
    }
}
