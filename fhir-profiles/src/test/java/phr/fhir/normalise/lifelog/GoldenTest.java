package phr.fhir.normalise.lifelog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Batches;
import phr.fhir.normalise.Format;
import phr.fhir.validate.Document;
import phr.fhir.validate.ReferenceValidator;
import phr.fhir.validate.Unpacked;
import phr.fhir.validate.Validated;
import phr.fhir.validate.Validator;

/**
 * Whole files through normaliser and validator. Each folder of {@code golden/lifelog} has {@code in.json} and
 * {@code expected.ndjson}: the resources as stored, then report and findings. With {@code -Dgolden.write=DIR} the answers are
 * written to that directory instead of compared.
 */
class GoldenTest {

    static Stream<Path> cases() throws IOException, URISyntaxException {
        URL folder = Objects.requireNonNull(GoldenTest.class.getResource("/golden/lifelog"));
        try (Stream<Path> cases = Files.list(Path.of(folder.toURI()))) {
            return cases.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theFileBecomesWhatIsExpected(Path folder) throws IOException {
        List<String> answer = answer(Files.readAllBytes(folder.resolve("in.json")), folder);
        String written = System.getProperty("golden.write");
        if (written != null) {
            Files.write(Path.of(written, folder.getFileName().toString(), "expected.ndjson"), answer);
            return;
        }
        List<String> expected = Files.readAllLines(folder.resolve("expected.ndjson"), StandardCharsets.UTF_8);
        assertEquals(String.join("\n", expected), String.join("\n", answer));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theReferenceValidatorFindsNoErrorInWhatIsStored(Path folder) throws IOException {
        List<String> resources = answer(Files.readAllBytes(folder.resolve("in.json")), folder).stream()
                .filter(line -> line.startsWith("{\"resourceType\""))
                .toList();
        assertFalse(resources.isEmpty());
        for (String resource : resources) {
            assertEquals(List.of(), ReferenceValidator.errors(resource));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theAnswerDoesNotDependOnTheServersCountry(Path folder) throws IOException {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        byte[] content = Files.readAllBytes(folder.resolve("in.json"));
        List<String> here = answer(content, folder);
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
            assertEquals(here, answer(content, folder));
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    private static List<String> answer(byte[] content, Path folder) throws IOException {
        boolean omh = folder.getFileName().toString().startsWith("omh");
        Format format = omh ? new OpenMhealthFormat() : new FhirFormat();
        Batches.Result result = Batches.read(format, content);
        List<String> lines = new ArrayList<>();
        List<Issue> issues = new ArrayList<>(result.report().issues());
        for (var batch : result.batches()) {
            Validated validated = new Validator().validate(batch);
            Unpacked.of(batch, validated).forEach(document -> lines.add(line(document)));
            issues.addAll(validated.issues());
        }
        result.report().documents().forEach(row -> lines.add(row.toString()));
        issues.forEach(issue ->
                lines.add(issue.severity() + " " + issue.rule() + " " + issue.expressions() + " " + issue.text()));
        return lines.stream().flatMap(line -> line.lines()).toList();
    }

    private static String line(Document document) {
        return new String(document.json(), StandardCharsets.UTF_8) + "\n# "
                + document.source().namespace() + " " + document.source().id() + " "
                + document.source().version() + " "
                + document.facts().categories().state() + " "
                + document.facts().categories().values().stream().sorted().toList() + " "
                + document.facts().labels().confidentiality() + " "
                + document.facts().time().from() + " " + document.facts().time().to();
    }
}
