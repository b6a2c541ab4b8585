package phr.fhir.normalise.clinical;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Batches;
import phr.fhir.normalise.Original;
import phr.fhir.validate.Document;
import phr.fhir.validate.ReferenceValidator;

/**
 * Each folder of {@code golden/clinical} has a file, {@code expected.ndjson}: the resources as stored with their categories and
 * labels, and {@code expected.issues}: report and findings, or why the file is refused. With {@code -Dgolden.write=DIR} the answers
 * are written to that directory instead of compared.
 */
class GoldenClinicalTest {

    static Stream<Path> cases() throws IOException, URISyntaxException {
        URL folder = Objects.requireNonNull(GoldenClinicalTest.class.getResource("/golden/clinical"));
        try (Stream<Path> cases = Files.list(Path.of(folder.toURI()))) {
            return cases.sorted().toList().stream();
        }
    }

    private record Answer(List<String> resources, List<String> findings) {}

    @ParameterizedTest
    @MethodSource("cases")
    void theFileBecomesWhatIsExpected(Path folder) throws IOException {
        Answer answer = answer(file(folder));
        String written = System.getProperty("golden.write");
        if (written != null) {
            Path target = Path.of(written, folder.getFileName().toString());
            Files.write(target.resolve("expected.ndjson"), answer.resources());
            Files.write(target.resolve("expected.issues"), answer.findings());
            return;
        }
        assertEquals(read(folder, "expected.issues"), String.join("\n", answer.findings()));
        assertEquals(read(folder, "expected.ndjson"), String.join("\n", answer.resources()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theReferenceValidatorFindsNoErrorInWhatIsStored(Path folder) throws IOException {
        for (String line : answer(file(folder)).resources()) {
            if (line.startsWith("{")) {
                assertEquals(List.of(), ReferenceValidator.errors(line), line);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theAnswerDoesNotDependOnTheServersCountry(Path folder) throws IOException {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        byte[] content = file(folder);
        Answer here = answer(content);
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
            assertEquals(here, answer(content));
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    private static Answer answer(byte[] content) throws IOException {
        List<String> resources = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        try {
            Taken taken = Taken.from(Batches.intake(content));
            taken.documents().forEach(document -> {
                resources.add(Taken.json(document));
                resources.add(facts(document));
            });
            for (Original original : taken.originals()) {
                assertArrayEquals(content, original.content().open().readAllBytes());
                findings.add("original kept, of "
                        + original.mapped().stream().sorted().toList());
            }
            taken.report().documents().forEach(row -> findings.add(row.toString()));
            taken.issues().forEach(issue -> findings.add(line(issue)));
        } catch (FailureException refused) {
            refused.failure().issues().forEach(issue -> findings.add("refused: " + line(issue)));
        }
        return new Answer(resources, findings);
    }

    private static String facts(Document document) {
        return "# " + document.source().namespace() + " " + document.source().id() + " "
                + document.source().version() + " "
                + document.facts().categories().state() + " "
                + document.facts().categories().values().stream().sorted().toList() + " "
                + (document.facts().labels().labelled() ? "" : "unlabelled ")
                + document.facts().labels().confidentiality() + " "
                + document.facts().labels().sensitivities().stream().sorted().toList() + " "
                + document.facts().time().from() + " " + document.facts().time().to();
    }

    private static String line(Issue issue) {
        return issue.severity() + " " + issue.rule() + " " + issue.expressions() + " " + issue.text();
    }

    private static String read(Path folder, String name) throws IOException {
        return String.join("\n", Files.readAllLines(folder.resolve(name), StandardCharsets.UTF_8));
    }

    private static byte[] file(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Path in = files.filter(path -> path.getFileName().toString().startsWith("in."))
                    .findFirst()
                    .orElseThrow();
            return Files.readAllBytes(in);
        }
    }
}
