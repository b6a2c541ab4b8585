package phr.fhir.normalise.clinical;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.Normalised;
import phr.fhir.normalise.Original;
import phr.fhir.normalise.Packer;
import phr.fhir.normalise.Report;
import phr.fhir.validate.Document;
import phr.fhir.validate.Unpacked;
import phr.fhir.validate.Validated;
import phr.fhir.validate.Validator;

/** What became of one file: read, validated, as it would be stored. */
record Taken(Report report, List<Document> documents, List<Original> originals, List<Issue> issues) {

    static Taken from(Intake intake) throws IOException {
        return from(intake, Packer.NONE);
    }

    /** @param packer takes dense samples past the resource model */
    static Taken from(Intake intake, Packer packer) throws IOException {
        List<Normalised> batches = new ArrayList<>();
        Report report = new Normalisation(List.of(new ClinicalFormat())).normalise(intake, packer, batches::add);
        List<Document> documents = new ArrayList<>();
        List<Original> originals = new ArrayList<>();
        List<Issue> issues = new ArrayList<>(report.contradictions());
        issues.addAll(report.issues());
        for (Normalised batch : batches) {
            Validated validated = new Validator().validate(batch);
            documents.addAll(Unpacked.of(batch, validated));
            originals.addAll(validated.originals());
            issues.addAll(validated.issues());
        }
        return new Taken(report, documents, originals, issues);
    }

    Stream<Document> of(String type) {
        return documents.stream().filter(document -> document.facts().type().equals(type));
    }

    static String json(Document document) {
        return new String(document.json(), StandardCharsets.UTF_8);
    }

    /** Rule and place of each finding. */
    List<String> findings() {
        return issues.stream()
                .map(issue -> issue.rule() + " " + String.join(", ", issue.expressions()))
                .toList();
    }
}
