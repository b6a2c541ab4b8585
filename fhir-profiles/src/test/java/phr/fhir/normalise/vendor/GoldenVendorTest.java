package phr.fhir.normalise.vendor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Batches;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.GoldenCases;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.Packer;
import phr.fhir.normalise.Report;
import phr.fhir.validate.Document;
import phr.fhir.validate.Validated;
import phr.fhir.validate.Validator;

/** {@code expected.ndjson}: the Observations as stored with their categories; {@code expected.issues}: report and findings. */
class GoldenVendorTest extends GoldenCases {

    GoldenVendorTest() {
        super("vendor");
    }

    @Override
    protected Answer read(Path folder, byte[] content, boolean fast) throws IOException {
        Validator validator = new Validator();
        List<String> observations = new ArrayList<>();
        List<String> all = new ArrayList<>();
        List<String> issues = new ArrayList<>();
        List<Content> originals = new ArrayList<>();
        Normalisation normalisation = new Normalisation(Sources.all());
        normalisation.check(Arrays.copyOf(content, Math.min(content.length, Normalisation.HEAD)), null);
        Packer packer = fast ? validator::pack : Packer.NONE;
        Report report = normalisation.normalise(Batches.intake(content), packer, batch -> {
            Validated validated = validator.validate(batch);
            validated.issues().forEach(issue -> issues.add(finding(issue)));
            validated.originals().forEach(original -> originals.add(original.content()));
            validated.documents().forEach(document -> add(document, observations, all));
            validated.samples().forEach(sample -> add(Document.of(sample), observations, all));
        });
        report.documents().forEach(row -> issues.add(row.toString()));
        report.issues().forEach(issue -> issues.add(finding(issue)));
        assertTrue(
                issues.stream().noneMatch(line -> line.contains("[]") && !line.contains("REQ-SEC-2")),
                issues.toString());
        observations.sort(null);
        return new Answer(Map.of("expected.ndjson", observations, "expected.issues", issues), all, originals);
    }

    private static String finding(Issue issue) {
        String entry = issue.entry() == null ? "" : issue.entry() + " ";
        return issue.severity() + " " + issue.rule() + " "
                + (entry.isEmpty() || !issue.expressions().isEmpty() ? entry + issue.expressions() : entry.strip())
                + " "
                + issue.text();
    }

    private static void add(Document document, List<String> observations, List<String> all) {
        String json = new String(document.json(), StandardCharsets.UTF_8);
        all.add(json);
        if (document.facts().type().equals("Observation")) {
            observations.add(json + " "
                    + document.facts().categories().values().stream().sorted().toList());
        }
    }
}
