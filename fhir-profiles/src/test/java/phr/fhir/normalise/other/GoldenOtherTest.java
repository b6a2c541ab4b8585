package phr.fhir.normalise.other;

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
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Batches;
import phr.fhir.normalise.Normalised;
import phr.fhir.normalise.Original;
import phr.fhir.validate.ReferenceValidator;
import phr.fhir.validate.Validated;
import phr.fhir.validate.Validator;

/**
 * Each folder of {@code golden/other} has a file and {@code expected.txt}: the resources as stored, their categories and
 * confidentiality, and the findings; or why the file is refused. With {@code -Dgolden.write=DIR} the answers are written to
 * that directory instead of compared.
 */
class GoldenOtherTest {

    static Stream<Path> cases() throws IOException, URISyntaxException {
        URL folder = Objects.requireNonNull(GoldenOtherTest.class.getResource("/golden/other"));
        try (Stream<Path> cases = Files.list(Path.of(folder.toURI()))) {
            return cases.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theFileIsKeptOrRefusedAsExpected(Path folder) throws IOException {
        List<String> answer = answer(file(folder));
        String written = System.getProperty("golden.write");
        if (written != null) {
            Files.write(Path.of(written, folder.getFileName().toString(), "expected.txt"), answer);
            return;
        }
        List<String> expected = Files.readAllLines(folder.resolve("expected.txt"), StandardCharsets.UTF_8);
        assertEquals(String.join("\n", expected), String.join("\n", answer));
    }

    private static byte[] file(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Path in = files.filter(path -> path.getFileName().toString().startsWith("in."))
                    .findFirst()
                    .orElseThrow();
            return Files.readAllBytes(in);
        }
    }

    private static List<String> answer(byte[] file) throws IOException {
        List<String> lines = new ArrayList<>();
        try {
            Batches.Result result = Batches.read(new OtherFormat(), file);
            for (Normalised batch : result.batches()) {
                Validated validated = new Validator().validate(batch);
                validated.documents().forEach(document -> {
                    String json = new String(document.json(), StandardCharsets.UTF_8);
                    assertEquals(List.of(), ReferenceValidator.errors(json));
                    lines.add(json);
                    lines.add("# " + document.facts().categories().values() + " "
                            + document.facts().labels().confidentiality() + " "
                            + document.facts().labels().labelled());
                });
                for (Original original : validated.originals()) {
                    assertArrayEquals(file, original.content().open().readAllBytes());
                }
                validated.issues().forEach(issue -> lines.add(line(issue)));
            }
            result.report().documents().forEach(row -> lines.add(row.toString()));
            result.report().issues().forEach(issue -> lines.add(line(issue)));
        } catch (FailureException refused) {
            refused.failure().issues().forEach(issue -> lines.add("refused: " + line(issue)));
        }
        return lines;
    }

    private static String line(Issue issue) {
        return issue.severity() + " " + issue.rule() + " " + issue.expressions() + " " + issue.text();
    }
}
