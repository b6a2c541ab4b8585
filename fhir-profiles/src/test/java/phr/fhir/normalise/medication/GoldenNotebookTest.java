package phr.fhir.normalise.medication;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TimeZone;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phr.fhir.failure.Issue;
import phr.fhir.fixtures.People;
import phr.fhir.fixtures.Person;
import phr.fhir.normalise.Original;
import phr.fhir.validate.Document;
import phr.fhir.validate.ReferenceValidator;

/**
 * Each folder below {@code golden/medication} is a case: {@code in.txt} or {@code in.zip}; the resources as stored, each with its
 * categories, labels and data time; and rows, contradictions and issues with their places. The name of a folder begins with the
 * person whose account it is.
 *
 * <p>With {@code -Dphr.golden.write=<the source folder>} the expectations are written anew, to be read before they are
 * committed.
 */
class GoldenNotebookTest {

    private static final Map<String, Person> PEOPLE =
            Map.of("hanako", People.HANAKO, "ryoko", People.RYOKO, "shige", People.SHIGE);

    static Stream<Path> cases() throws IOException, URISyntaxException {
        Path root = Path.of(Objects.requireNonNull(GoldenNotebookTest.class.getResource("/golden/medication"))
                .toURI());
        try (Stream<Path> folders = Files.list(root)) {
            return folders.sorted(Comparator.comparing(Path::toString)).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theNotebookBecomesExactlyTheseLines(Path folder) throws IOException {
        Reading reading = read(folder);

        String target = System.getProperty("phr.golden.write");
        if (target != null) {
            Path written = Path.of(target, folder.getFileName().toString());
            Files.writeString(written.resolve("expected.ndjson"), resources(reading));
            Files.writeString(written.resolve("expected.issues"), findings(reading));
        } else {
            assertEquals(Files.readString(folder.resolve("expected.ndjson")), resources(reading));
            assertEquals(Files.readString(folder.resolve("expected.issues")), findings(reading));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theReferenceValidatorFindsNoErrorInWhatIsStored(Path folder) throws IOException {
        for (Document document : read(folder).documents()) {
            assertEquals(List.of(), ReferenceValidator.errors(new String(document.json(), StandardCharsets.UTF_8)));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theOriginalComesBackByteForByte(Path folder) throws IOException {
        for (Original original : read(folder).originals()) {
            try (InputStream in = original.content().open()) {
                assertArrayEquals(bytes(folder), in.readAllBytes());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theAnswerDoesNotDependOnTheServersCountry(Path folder) throws IOException {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        String here = resources(read(folder));
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
            assertEquals(here, resources(read(folder)));
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    private static Reading read(Path folder) throws IOException {
        String name = folder.getFileName().toString();
        Person person = Objects.requireNonNull(PEOPLE.get(name.substring(0, name.indexOf('-'))));
        return Reading.of(bytes(folder), person.account(Reading.PERSON));
    }

    private static byte[] bytes(Path folder) throws IOException {
        Path text = folder.resolve("in.txt");
        return Files.readAllBytes(Files.exists(text) ? text : folder.resolve("in.zip"));
    }

    private static String resources(Reading reading) {
        return reading.documents().stream().map(GoldenNotebookTest::line).collect(Collectors.joining());
    }

    private static String line(Document document) {
        return new String(document.json(), StandardCharsets.UTF_8) + "\n# "
                + document.facts().categories().state() + " "
                + document.facts().categories().values().stream().sorted().toList() + " "
                + (document.facts().labels().labelled() ? "" : "unlabelled ")
                + document.facts().labels().confidentiality() + " "
                + document.facts().labels().sensitivities().stream().sorted().toList() + " "
                + document.facts().time().from() + " " + document.facts().time().to() + "\n";
    }

    private static String findings(Reading reading) {
        Stream<String> rows = reading.report().documents().stream().map(row -> row + "\n");
        Stream<String> issues = Stream.concat(reading.issues().stream(), reading.report().contradictions().stream())
                .map(GoldenNotebookTest::line);
        return Stream.concat(rows, issues).collect(Collectors.joining());
    }

    private static String line(Issue issue) {
        return issue.severity() + " " + issue.rule() + " " + String.join(" ", issue.expressions()) + " "
                + (issue.entry() == null ? "" : "(" + issue.entry() + ") ") + issue.text() + "\n";
    }
}
