package phr.fhir.normalise.vendor.record;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Format;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.Report;

/** Whatever the bytes are: no crash, no hang, no fault without a place. The seed is in the message. */
class RecordMutationTest {

    private static final int MUTANTS = Integer.getInteger("vendor.mutants", 2000);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final List<String> ODD = List.of(
            "\"",
            "\n",
            ",",
            "\u0000",
            "９９９",
            "1e999",
            "-",
            "令和99年13月40日",
            "<",
            "</",
            "/>",
            "&#x0;",
            "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>",
            "]]>",
            "<?xml version=\"1.0\" encoding=\"UTF-32\"?>",
            "99999999999999999999999999",
            "2026-13",
            "9".repeat(500));

    @ParameterizedTest
    @CsvSource({"municipal, 31", "mynaportal, 32"})
    void mutantsAreReadOrRefusedWithAPlace(String source, long seed) throws Exception {
        List<byte[]> files = files(source);
        List<Format> formats = OperatorTables.formats();
        Random random = new Random(seed);
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = mutated(files.get(random.nextInt(files.size())), random);
            String message = "seed " + seed + ", mutant " + i;
            assertTimeoutPreemptively(PATIENCE, () -> check(formats, mutant, message), message);
        }
    }

    private static void check(List<Format> formats, byte[] mutant, String message) throws IOException {
        try {
            Report report = new Normalisation(formats)
                    .normalise(
                            OperatorTables.intake(mutant, null),
                            batch -> assertTrue(batch.drafts().size() < 2000));
            for (Issue issue : report.issues()) {
                boolean placed = !issue.expressions().isEmpty()
                        || issue.entry() != null
                        || issue.rule().equals("ING-2");
                assertTrue(placed, message + " " + issue.rule());
            }
        } catch (FailureException e) {
            e.failure().issues().forEach(issue -> assertFalse(issue.text().isBlank(), message));
        } catch (RuntimeException | StackOverflowError e) {
            fail(message, e);
        }
    }

    private static List<byte[]> files(String source) throws Exception {
        Path golden = Path.of(Objects.requireNonNull(RecordMutationTest.class.getResource("/golden/" + source))
                .toURI());
        List<byte[]> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(golden)) {
            for (Path file : all.sorted().toList()) {
                if (String.valueOf(file.getFileName()).startsWith("in.")) {
                    files.add(Files.readAllBytes(file));
                }
            }
        }
        return files;
    }

    private static byte[] mutated(byte[] file, Random random) {
        byte[] bytes = file.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes = Arrays.copyOf(bytes, at);
                case 1 -> bytes = spliced(bytes, at, Math.min(bytes.length, at + random.nextInt(40)), new byte[0]);
                case 2 -> {
                    byte[] odd = ODD.get(random.nextInt(ODD.size())).getBytes(StandardCharsets.UTF_8);
                    bytes = spliced(bytes, at, Math.min(bytes.length, at + random.nextInt(12)), odd);
                }
                case 3 ->
                    bytes = spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 60)));
                default -> {
                    if (bytes.length > 0) {
                        bytes[at] = (byte) random.nextInt(256);
                    }
                }
            }
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] with) {
        byte[] out = new byte[bytes.length - (to - from) + with.length];
        System.arraycopy(bytes, 0, out, 0, from);
        System.arraycopy(with, 0, out, from, with.length);
        System.arraycopy(bytes, to, out, from + with.length, bytes.length - to);
        return out;
    }
}
