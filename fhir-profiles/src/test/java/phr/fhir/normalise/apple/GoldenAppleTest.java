package phr.fhir.normalise.apple;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phr.fhir.normalise.Batches;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Original;
import phr.fhir.validate.ReferenceValidator;

/**
 * Whole exports through normaliser and validator. Each folder of {@code golden/apple} has {@code in.xml} or {@code in.zip},
 * {@code expected.ndjson}: the resources as stored, and {@code expected.issues}: report and findings. With
 * {@code -Dgolden.write=DIR} the answers are written to that directory instead of compared.
 */
class GoldenAppleTest {

    static Stream<Path> cases() throws IOException, URISyntaxException {
        URL folder = Objects.requireNonNull(GoldenAppleTest.class.getResource("/golden/apple"));
        try (Stream<Path> cases = Files.list(Path.of(folder.toURI()))) {
            return cases.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theExportBecomesWhatIsExpected(Path folder) throws IOException {
        Taken taken = Taken.of(Batches.intake(content(folder)), true);
        String written = System.getProperty("golden.write");
        if (written != null) {
            Path target = Path.of(written, folder.getFileName().toString());
            Files.write(target.resolve("expected.ndjson"), taken.lines());
            Files.write(target.resolve("expected.issues"), taken.issues());
            return;
        }
        assertEquals(text(folder.resolve("expected.ndjson")), String.join("\n", taken.lines()));
        assertEquals(text(folder.resolve("expected.issues")), String.join("\n", taken.issues()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theReferenceValidatorFindsNoErrorInWhatIsStored(Path folder) throws IOException {
        List<String> resources = Taken.of(Batches.intake(content(folder)), true).lines();
        assertFalse(resources.isEmpty());
        for (String resource : resources) {
            assertEquals(List.of(), ReferenceValidator.errors(resource));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theFastWayAndTheLongWayMakeTheSameRecord(Path folder) throws IOException {
        Taken fast = Taken.of(Batches.intake(content(folder)), true);
        Taken slow = Taken.of(Batches.intake(content(folder)), false);

        assertEquals(String.join("\n", slow.sorted()), String.join("\n", fast.sorted()));
        assertEquals(slow.issues(), fast.issues());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theAnswerDoesNotDependOnTheServersCountry(Path folder) throws IOException {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        List<String> here = Taken.of(Batches.intake(content(folder)), true).lines();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));
            assertEquals(here, Taken.of(Batches.intake(content(folder)), true).lines());
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theOriginalIsKeptByteForByte(Path folder) throws IOException {
        Taken taken = Taken.of(Batches.intake(content(folder)), true);
        assertEquals(1, taken.originals().size());
        Original original = taken.originals().get(0);
        assertEquals("apple-health", original.kind());
        try (var in = original.content().open()) {
            assertArrayEquals(content(folder), in.readAllBytes());
        }
    }

    private static byte[] content(Path folder) throws IOException {
        Path xml = folder.resolve("in.xml");
        byte[] bytes = Files.readAllBytes(Files.exists(xml) ? xml : folder.resolve("in.zip"));
        assertEquals(bytes.length, Content.of(bytes).size());
        return bytes;
    }

    private static String text(Path file) throws IOException {
        return String.join("\n", Files.readAllLines(file, StandardCharsets.UTF_8));
    }
}
