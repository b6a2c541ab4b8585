package phr.fhir.normalise.vendor;

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
import phr.fhir.normalise.Batches;
import phr.fhir.normalise.Format;
import phr.fhir.normalise.Report;

/** Whatever the bytes are: no crash, no hang, no fault without a place, no value in a message. The seed is in the message. */
class VendorMutationTest {

    private static final int MUTANTS = Integer.getInteger("vendor.mutants", 2000);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @ParameterizedTest
    @CsvSource({
        "bp-, 1",
        "samsung-, 2",
        "withings-, 3",
        "oura-, 4",
        "garmin-, 5",
        "fitbit-, 6",
        "takeout-, 7",
        "samples-, 8",
        "health-connect, 9",
        "fit-, 10",
        "omron-, 11"
    })
    void mutantsAreReadOrRefusedWithAPlace(String prefix, long seed) throws Exception {
        List<byte[]> files = files(prefix);
        Random random = new Random(seed);
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = mutated(files.get(random.nextInt(files.size())), random);
            String message = "seed " + seed + ", mutant " + i;
            assertTimeoutPreemptively(PATIENCE, () -> check(mutant, message), message);
        }
    }

    private static void check(byte[] mutant, String message) throws IOException {
        byte[] head = Arrays.copyOf(mutant, Math.min(mutant.length, 65_536));
        for (Format format : Sources.all()) {
            if (format.recognises(head)) {
                try {
                    located(Batches.read(format, mutant).report(), message);
                } catch (FailureException e) {
                    e.failure()
                            .issues()
                            .forEach(issue -> assertFalse(issue.text().isBlank(), message));
                } catch (RuntimeException | StackOverflowError e) {
                    fail(message, e);
                }
            }
        }
    }

    private static void located(Report report, String message) {
        for (Issue issue : report.issues()) {
            boolean placed = !issue.expressions().isEmpty()
                    || issue.entry() != null
                    || issue.rule().equals("ING-2");
            assertTrue(placed, message + " " + issue.rule());
        }
    }

    private static List<byte[]> files(String prefix) throws Exception {
        Path golden = Path.of(Objects.requireNonNull(VendorMutationTest.class.getResource("/golden/vendor"))
                .toURI());
        List<byte[]> files = new ArrayList<>();
        try (Stream<Path> folders = Files.list(golden)) {
            for (Path folder : folders.sorted().toList()) {
                if (String.valueOf(folder.getFileName()).startsWith(prefix)) {
                    try (Stream<Path> in = Files.list(folder)) {
                        for (Path file : in.toList()) {
                            if (String.valueOf(file.getFileName()).startsWith("in.")) {
                                files.add(Files.readAllBytes(file));
                            }
                        }
                    }
                }
            }
        }
        return files;
    }

    private static final List<String> ODD = List.of(
            "\"",
            "\n",
            ",",
            "\u0000",
            "９９９",
            "1e999",
            "-",
            "2026-02-30",
            "[",
            "{",
            "}",
            "]",
            "\uFEFF",
            "99999999999999999999999999",
            "NaN",
            "UTC+9999",
            "令和99年13月40日",
            "0001-01-01T00:00:00Z",
            "\t",
            ";",
            "\\u0000",
            "9".repeat(500));

    private static byte[] mutated(byte[] file, Random random) {
        byte[] bytes = file.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
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
