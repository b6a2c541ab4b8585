package phr.fhir.normalise.lifelog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Batches;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Format;
import phr.fhir.normalise.GoldenCases;
import phr.fhir.validate.Document;
import phr.fhir.validate.Unpacked;
import phr.fhir.validate.Validated;
import phr.fhir.validate.Validator;

/** {@code expected.ndjson}: the resources as stored, then report and findings. */
class GoldenTest extends GoldenCases {

    GoldenTest() {
        super("lifelog");
    }

    @Override
    protected Answer read(Path folder, byte[] content, boolean fast) throws IOException {
        boolean omh = String.valueOf(folder.getFileName()).startsWith("omh");
        Format format = omh ? new OpenMhealthFormat() : new FhirFormat();
        Batches.Result result = Batches.read(format, content);
        List<String> lines = new ArrayList<>();
        List<Content> originals = new ArrayList<>();
        List<Issue> issues = new ArrayList<>(result.report().issues());
        for (var batch : result.batches()) {
            Validated validated = new Validator().validate(batch);
            Unpacked.of(batch, validated).forEach(document -> lines.add(line(document)));
            validated.originals().forEach(original -> originals.add(original.content()));
            issues.addAll(validated.issues());
        }
        result.report().documents().forEach(row -> lines.add(row.toString()));
        issues.forEach(issue ->
                lines.add(issue.severity() + " " + issue.rule() + " " + issue.expressions() + " " + issue.text()));
        List<String> all = lines.stream().flatMap(line -> line.lines()).toList();
        List<String> resources = all.stream()
                .filter(line -> line.startsWith("{\"resourceType\""))
                .toList();
        return new Answer(Map.of("expected.ndjson", all), resources, originals);
    }

    private static String line(Document document) {
        return new String(document.json(), StandardCharsets.UTF_8) + "\n# "
                + document.source().namespace() + " " + document.source().id() + " "
                + document.source().version() + " "
                + document.facts().categories().state() + " "
                + document.facts().categories().values().stream().sorted().toList() + " "
                + document.facts().labels().confidentiality() + " "
                + document.facts().time().from() + " " + document.facts().time().to();
    }
}
