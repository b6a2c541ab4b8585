package phr.fhir.normalise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phr.fhir.failure.Issue;
import phr.fhir.validate.Document;
import phr.fhir.validate.ReferenceValidator;

/**
 * The golden files of one source: each folder of {@code golden/{source}} has {@code in.*} and what is expected of it. With
 * {@code -Dgolden.write=DIR}, the {@code golden} folder of the sources, the expectations are written anew, to be read before they
 * are committed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class GoldenCases {

    /**
     * What became of one file.
     *
     * @param files lines by the name of the file that expects them
     * @param resources everything that is stored, as JSON
     * @param originals contents that must be the file's, byte for byte
     */
    public record Answer(Map<String, List<String>> files, List<String> resources, List<Content> originals) {}

    private final String source;

    protected GoldenCases(String source) {
        this.source = source;
    }

    /** @param fast dense samples may go past the resource model */
    protected abstract Answer read(Path folder, byte[] content, boolean fast) throws IOException;

    /** How often the file itself is kept. */
    protected long kept(Answer answer) {
        boolean refused = answer.files().values().stream()
                .flatMap(List::stream)
                .anyMatch(line -> line.contains("REQ-SEC-2") || line.contains("not kept"));
        return refused ? 0 : 1;
    }

    /** What both ways must have in common. */
    protected Map<String, List<String>> compared(Answer answer) {
        return answer.files();
    }

    public Stream<Path> cases() throws IOException, URISyntaxException {
        Path root = Path.of(Objects.requireNonNull(GoldenCases.class.getResource("/golden/" + source))
                .toURI());
        try (Stream<Path> folders = Files.list(root)) {
            return folders.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    public void theFileBecomesWhatIsExpected(Path folder) throws IOException {
        Answer answer = read(folder, input(folder), true);
        String written = System.getProperty("golden.write");
        for (Map.Entry<String, List<String>> file : answer.files().entrySet()) {
            if (written == null) {
                List<String> expected = Files.readAllLines(folder.resolve(file.getKey()), StandardCharsets.UTF_8);
                assertEquals(String.join("\n", expected), String.join("\n", file.getValue()));
            } else {
                Path target = Path.of(written, source, String.valueOf(folder.getFileName()));
                Files.write(target.resolve(file.getKey()), file.getValue());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    public void theReferenceValidatorFindsNoErrorInWhatIsStored(Path folder) throws IOException {
        for (String resource : read(folder, input(folder), true).resources()) {
            assertEquals(List.of(), ReferenceValidator.errors(resource), resource);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    public void theFastWayAndTheLongOneGiveTheSame(Path folder) throws IOException {
        byte[] content = input(folder);
        assertEquals(compared(read(folder, content, false)), compared(read(folder, content, true)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    public void theAnswerDoesNotDependOnTheServersCountry(Path folder) throws IOException {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        byte[] content = input(folder);
        Answer here = read(folder, content, true);
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
            assertEquals(here.files(), read(folder, content, true).files());
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    public void theOriginalIsKeptByteForByteUnlessItMustNotBeStored(Path folder) throws IOException {
        byte[] content = input(folder);
        Answer answer = read(folder, content, true);
        assertEquals(kept(answer), answer.originals().size());
        for (Content original : answer.originals()) {
            try (InputStream in = original.open()) {
                assertArrayEquals(content, in.readAllBytes());
            }
        }
        assertFalse(kept(answer) > 0 && answer.resources().isEmpty());
    }

    /** A finding as the expectations write it. */
    public static String line(Issue issue) {
        return issue.severity() + " " + issue.rule() + " "
                + (issue.entry() == null ? "" : issue.entry() + " ")
                + issue.expressions() + " " + issue.text();
    }

    /** Categories, labels and data time of a resource as the expectations write them. */
    protected static String facts(Document document) {
        return document.facts().categories().state() + " "
                + document.facts().categories().values().stream().sorted().toList() + " "
                + (document.facts().labels().labelled() ? "" : "unlabelled ")
                + document.facts().labels().confidentiality() + " "
                + document.facts().labels().sensitivities().stream().sorted().toList() + " "
                + document.facts().time().from() + " " + document.facts().time().to();
    }

    private static byte[] input(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return Files.readAllBytes(
                    files.filter(file -> String.valueOf(file.getFileName()).startsWith("in."))
                            .findFirst()
                            .orElseThrow());
        }
    }
}
