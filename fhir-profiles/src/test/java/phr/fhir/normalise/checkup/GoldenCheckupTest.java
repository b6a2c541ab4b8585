package phr.fhir.normalise.checkup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import phr.fhir.failure.Issue;
import phr.fhir.fixtures.People;
import phr.fhir.fixtures.Person;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.GoldenCases;
import phr.fhir.normalise.Original;

/**
 * {@code expected.ndjson}: what is proposed; {@code expected.issues}: the issues as {@code severity rule place}. The name of a folder
 * begins with the person whose account it is.
 */
class GoldenCheckupTest extends GoldenCases {

    private static final Map<String, Person> PEOPLE =
            Map.of("hanako", People.HANAKO, "taro", People.TARO, "ryoko", People.RYOKO, "shige", People.SHIGE);

    GoldenCheckupTest() {
        super("checkup");
    }

    @Override
    protected Answer read(Path folder, byte[] content, boolean fast) throws IOException {
        String name = String.valueOf(folder.getFileName());
        Person person = Objects.requireNonNull(PEOPLE.get(name.substring(0, name.indexOf('-'))));
        Reading reading = Reading.of(content, person.account(Reading.PERSON));
        List<String> lines = reading.ndjson().lines().toList();
        List<Content> whole = reading.originals().stream()
                .filter(original -> !name.contains("archive") || original.kind().equals("checkup-zip"))
                .map(Original::content)
                .toList();
        return new Answer(Map.of("expected.ndjson", lines, "expected.issues", issues(reading)), lines, whole);
    }

    /** None of somebody else's, and no archive with documents of others. */
    @Override
    protected long kept(Answer answer) {
        return answer.originals().size();
    }

    private static List<String> issues(Reading reading) {
        return Stream.concat(reading.report().issues().stream(), reading.report().contradictions().stream())
                .map(GoldenCheckupTest::finding)
                .toList();
    }

    private static String finding(Issue issue) {
        String place = issue.expressions().isEmpty() ? "-" : issue.expressions().get(0);
        return issue.severity() + " " + issue.rule() + " " + place;
    }
}
