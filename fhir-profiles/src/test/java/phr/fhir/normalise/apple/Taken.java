package phr.fhir.normalise.apple;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import phr.fhir.failure.Issue;
import phr.fhir.fixtures.AppleExports;
import phr.fhir.normalise.Batches;
import phr.fhir.normalise.DocumentReport;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.Normalised;
import phr.fhir.normalise.Original;
import phr.fhir.normalise.Packer;
import phr.fhir.normalise.Report;
import phr.fhir.sample.Sample;
import phr.fhir.validate.Document;
import phr.fhir.validate.Unpacked;
import phr.fhir.validate.Validated;
import phr.fhir.validate.Validator;

/** Everything that one reading of one export gave. */
final class Taken {

    private final List<String> lines = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();
    private final List<Original> originals = new ArrayList<>();
    private final List<Issue> found = new ArrayList<>();
    private Report report = new Report("", List.of(), List.of(), List.of(), List.of(), Map.of());

    private Taken() {}

    static Taken of(byte[] export) throws IOException {
        return of(Batches.intake(export), true);
    }

    /** An export with nothing but these elements. */
    static Taken elements(String elements) throws IOException {
        return of((AppleExports.beginning() + elements + "</HealthData>").getBytes(UTF_8));
    }

    /** @param fast whether dense samples may go past the resource model */
    static Taken of(Intake intake, boolean fast) throws IOException {
        Validator validator = new Validator();
        Taken taken = new Taken();
        taken.report = new Normalisation(List.of(new AppleFormat()))
                .normalise(
                        intake,
                        fast ? validator::pack : Packer.NONE,
                        batch -> taken.add(batch, validator.validate(batch)));
        return taken;
    }

    private void add(Normalised batch, Validated validated) {
        for (Document document : Unpacked.of(batch, validated)) {
            lines.add(new String(document.json(), UTF_8));
        }
        samples.addAll(validated.samples());
        originals.addAll(validated.originals());
        found.addAll(validated.issues());
    }

    List<String> lines() {
        return lines;
    }

    List<String> sorted() {
        return lines.stream().distinct().sorted().toList();
    }

    /** Resources by id, without the original's description and Provenance. */
    Map<String, String> record() {
        Map<String, String> record = new TreeMap<>();
        for (String line : lines) {
            if (line.startsWith("{\"resourceType\":\"Observation\"")
                    || line.startsWith("{\"resourceType\":\"MedicationAdministration\"")) {
                record.put(line.replaceFirst("^.*?\"id\":\"([^\"]*)\".*$", "$1"), line);
            }
        }
        return record;
    }

    List<Sample> samples() {
        return samples;
    }

    List<Original> originals() {
        return originals;
    }

    Report report() {
        return report;
    }

    DocumentReport row() {
        return report.documents().get(0);
    }

    /** Report and findings as text. */
    List<String> issues() {
        List<String> text = new ArrayList<>();
        report.documents().forEach(row -> text.add(String.valueOf(row)));
        report.issues().forEach(issue -> text.add(String.valueOf(issue)));
        found.forEach(issue -> text.add(String.valueOf(issue)));
        return text;
    }

    /** Rules of all findings. */
    List<String> rules() {
        List<String> rules = new ArrayList<>();
        report.issues().forEach(issue -> rules.add(issue.rule()));
        found.forEach(issue -> rules.add(issue.rule()));
        return rules;
    }
}
