package phr.fhir.normalise.medication;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import phr.fhir.failure.Issue;
import phr.fhir.fixtures.People;
import phr.fhir.fixtures.Person;
import phr.fhir.normalise.GoldenCases;
import phr.fhir.normalise.Original;

/**
 * {@code expected.ndjson}: the resources as stored, each with its categories, labels and data time; {@code expected.issues}: rows,
 * contradictions and issues with their places. The name of a folder begins with the person whose account it is.
 */
class GoldenNotebookTest extends GoldenCases {

    private static final Map<String, Person> PEOPLE =
            Map.of("hanako", People.HANAKO, "ryoko", People.RYOKO, "shige", People.SHIGE);

    GoldenNotebookTest() {
        super("medication");
    }

    @Override
    protected Answer read(Path folder, byte[] content, boolean fast) throws IOException {
        String name = String.valueOf(folder.getFileName());
        Person person = Objects.requireNonNull(PEOPLE.get(name.substring(0, name.indexOf('-'))));
        Reading reading = Reading.of(content, person.account(Reading.PERSON));
        List<String> resources = reading.documents().stream()
                .map(document -> new String(document.json(), StandardCharsets.UTF_8))
                .toList();
        List<String> lines = new ArrayList<>();
        reading.documents().forEach(document -> {
            lines.add(new String(document.json(), StandardCharsets.UTF_8));
            lines.add("# " + facts(document));
        });
        return new Answer(
                Map.of("expected.ndjson", lines, "expected.issues", findings(reading)),
                resources,
                reading.originals().stream().map(Original::content).toList());
    }

    /** None of somebody else's, or with a part missing; one for each notebook of an archive. */
    @Override
    protected long kept(Answer answer) {
        return answer.originals().size();
    }

    private static List<String> findings(Reading reading) {
        Stream<String> rows = reading.report().documents().stream().map(row -> row.toString());
        Stream<String> issues = Stream.concat(reading.issues().stream(), reading.report().contradictions().stream())
                .map(GoldenNotebookTest::finding);
        return Stream.concat(rows, issues).toList();
    }

    private static String finding(Issue issue) {
        return issue.severity() + " " + issue.rule() + " " + String.join(" ", issue.expressions()) + " "
                + (issue.entry() == null ? "" : "(" + issue.entry() + ") ") + issue.text();
    }
}
