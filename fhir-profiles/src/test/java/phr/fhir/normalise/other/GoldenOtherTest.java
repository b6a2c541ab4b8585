package phr.fhir.normalise.other;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Batches;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.GoldenCases;
import phr.fhir.normalise.Normalised;
import phr.fhir.validate.Validated;
import phr.fhir.validate.Validator;

/**
 * {@code expected.txt}: the resources as stored, their categories and confidentiality, and the findings; or why the file is refused.
 */
class GoldenOtherTest extends GoldenCases {

    GoldenOtherTest() {
        super("other");
    }

    @Override
    protected Answer read(Path folder, byte[] file, boolean fast) throws IOException {
        List<String> lines = new ArrayList<>();
        List<String> resources = new ArrayList<>();
        List<Content> originals = new ArrayList<>();
        try {
            Batches.Result result = Batches.read(new OtherFormat(), file);
            for (Normalised batch : result.batches()) {
                Validated validated = new Validator().validate(batch);
                validated.documents().forEach(document -> {
                    String json = new String(document.json(), StandardCharsets.UTF_8);
                    resources.add(json);
                    lines.add(json);
                    lines.add("# " + document.facts().categories().values() + " "
                            + document.facts().labels().confidentiality() + " "
                            + document.facts().labels().labelled());
                });
                validated.originals().forEach(original -> originals.add(original.content()));
                validated.issues().forEach(issue -> lines.add(finding(issue)));
            }
            result.report().documents().forEach(row -> lines.add(row.toString()));
            result.report().issues().forEach(issue -> lines.add(finding(issue)));
        } catch (FailureException refused) {
            refused.failure().issues().forEach(issue -> lines.add("refused: " + finding(issue)));
        }
        return new Answer(Map.of("expected.txt", lines), resources, originals);
    }

    @Override
    protected long kept(Answer answer) {
        boolean refused = answer.files().getOrDefault("expected.txt", List.of()).stream()
                .anyMatch(line -> line.startsWith("refused: "));
        return refused ? 0 : 1;
    }

    private static String finding(Issue issue) {
        return issue.severity() + " " + issue.rule() + " " + issue.expressions() + " " + issue.text();
    }
}
