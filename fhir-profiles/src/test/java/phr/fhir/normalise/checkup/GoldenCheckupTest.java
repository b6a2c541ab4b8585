package phr.fhir.normalise.checkup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phr.fhir.failure.Issue;
import phr.fhir.fixtures.People;
import phr.fhir.fixtures.Person;

/**
 * Each folder below {@code golden/checkup} is a case: {@code in.xml} or {@code in.zip}, the lines of NDJSON that must come
 * out, and the issues as {@code severity rule place}. The name of a folder begins with the person whose account it is.
 *
 * <p>With {@code -Dphr.golden.write=<the source folder>} the expectations are written anew, to be read before they are
 * committed.
 */
class GoldenCheckupTest {

    private static final Map<String, Person> PEOPLE =
            Map.of("hanako", People.HANAKO, "taro", People.TARO, "ryoko", People.RYOKO, "shige", People.SHIGE);

    @ParameterizedTest
    @MethodSource("cases")
    void theFileBecomesExactlyTheseLines(Path folder) throws IOException {
        Path xml = folder.resolve("in.xml");
        byte[] file = Files.readAllBytes(Files.exists(xml) ? xml : folder.resolve("in.zip"));
        String name = folder.getFileName().toString();
        Person person = Objects.requireNonNull(PEOPLE.get(name.substring(0, name.indexOf('-'))));

        Reading reading = Reading.of(file, person.account(Reading.PERSON));

        String target = System.getProperty("phr.golden.write");
        if (target != null) {
            Files.writeString(Path.of(target, name, "expected.ndjson"), reading.ndjson());
            Files.writeString(Path.of(target, name, "expected.issues"), issues(reading));
        } else {
            assertEquals(read(folder.resolve("expected.ndjson")), reading.ndjson());
            assertEquals(read(folder.resolve("expected.issues")), issues(reading));
        }
    }

    static Stream<Path> cases() throws IOException, URISyntaxException {
        Path root = Path.of(Objects.requireNonNull(GoldenCheckupTest.class.getResource("/golden/checkup"))
                .toURI());
        try (Stream<Path> folders = Files.list(root)) {
            return folders.sorted(Comparator.comparing(Path::toString)).toList().stream();
        }
    }

    private static String issues(Reading reading) {
        return Stream.concat(reading.report().issues().stream(), reading.report().contradictions().stream())
                .map(GoldenCheckupTest::line)
                .collect(Collectors.joining());
    }

    private static String line(Issue issue) {
        String place = issue.expressions().isEmpty() ? "-" : issue.expressions().get(0);
        return issue.severity() + " " + issue.rule() + " " + place + "\n";
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
