package phr.fhir.normalise.clinical;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Batches;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.GoldenCases;
import phr.fhir.normalise.Original;
import phr.fhir.normalise.Packer;
import phr.fhir.validate.Document;
import phr.fhir.validate.Validator;

/**
 * {@code expected.ndjson}: the resources as stored, each with its source, categories, labels and data time; {@code expected.issues}:
 * report and findings, or why the file is refused.
 */
class GoldenClinicalTest extends GoldenCases {

    GoldenClinicalTest() {
        super("clinical");
    }

    @Override
    protected Answer read(Path folder, byte[] content, boolean fast) throws IOException {
        List<String> lines = new ArrayList<>();
        List<String> resources = new ArrayList<>();
        List<Content> originals = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        try {
            Packer packer = fast ? new Validator()::pack : Packer.NONE;
            Taken taken = Taken.from(Batches.intake(content), packer);
            for (Document document : taken.documents()) {
                resources.add(Taken.json(document));
                lines.add(Taken.json(document));
                lines.add("# " + document.source().namespace() + " "
                        + document.source().id() + " " + document.source().version() + " " + facts(document));
            }
            for (Original original : taken.originals()) {
                originals.add(original.content());
                findings.add("original kept, of "
                        + original.mapped().stream().sorted().toList());
            }
            taken.report().documents().forEach(row -> findings.add(row.toString()));
            taken.issues().forEach(issue -> findings.add(finding(issue)));
        } catch (FailureException refused) {
            refused.failure().issues().forEach(issue -> findings.add("refused: " + finding(issue)));
        }
        return new Answer(Map.of("expected.ndjson", lines, "expected.issues", findings), resources, originals);
    }

    /** None of a file that is refused, held for the person, or speaks of others too. */
    @Override
    protected long kept(Answer answer) {
        boolean none = answer.files().getOrDefault("expected.issues", List.of()).stream()
                .anyMatch(line -> line.startsWith("refused: ")
                        || line.contains("result=HELD")
                        || line.endsWith("the original is not kept"));
        return none ? 0 : 1;
    }

    private static String finding(Issue issue) {
        return issue.severity() + " " + issue.rule() + " " + issue.expressions() + " " + issue.text();
    }
}
