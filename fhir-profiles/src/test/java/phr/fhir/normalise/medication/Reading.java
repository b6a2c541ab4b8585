package phr.fhir.normalise.medication;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Resource;
import phr.fhir.PersonId;
import phr.fhir.failure.Issue;
import phr.fhir.fixtures.People;
import phr.fhir.normalise.Account;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.DocumentReport;
import phr.fhir.normalise.Draft;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.Normalised;
import phr.fhir.normalise.Original;
import phr.fhir.normalise.Report;
import phr.fhir.text.Charsets;
import phr.fhir.validate.Document;
import phr.fhir.validate.Unpacked;
import phr.fhir.validate.Validated;
import phr.fhir.validate.Validator;

/** One notebook through normaliser and validator, and everything that came out. */
record Reading(Report report, List<Normalised> batches, List<Document> documents, List<Issue> issues) {

    static final PersonId PERSON = PersonId.parse("0192a1b2-0000-7000-8000-0000000000a1");
    static final String PATIENT = "1,山田 花子,2,19800510,,,,,,,ヤマダ ハナコ";
    private static final String OWN = "https://phr-a.example/fhir";

    static Reading of(byte[] file) {
        return of(file, People.HANAKO.account(PERSON));
    }

    /** Lines after the header and the record of the patient, as a pharmacy writes them. */
    static Reading of(String header, String... lines) {
        return of(file(header, lines));
    }

    static byte[] file(String header, String... lines) {
        List<String> all = new ArrayList<>(List.of(header, PATIENT));
        all.addAll(List.of(lines));
        return bytes(String.join("\r\n", all) + "\r\n");
    }

    static byte[] bytes(String text) {
        return text.getBytes(Charsets.WINDOWS_31J);
    }

    static Reading of(byte[] file, Account account) {
        return of(file, account, false, "citizen-app", false);
    }

    static Reading of(byte[] file, Account account, boolean confirmed, String client, boolean foreign) {
        Intake intake = new Intake(
                account,
                account.person().toString(),
                Content.of(file),
                "Patient/" + account.person(),
                client,
                foreign,
                OWN,
                Instant.parse("2026-07-01T00:00:00Z"),
                confirmed,
                null);
        List<Normalised> batches = new ArrayList<>();
        List<Document> documents = new ArrayList<>();
        List<Issue> issues = new ArrayList<>();
        try {
            Report report = new Normalisation(List.of(new NotebookFormat())).normalise(intake, batches::add);
            issues.addAll(report.issues());
            for (Normalised batch : batches) {
                Validated validated = new Validator().validate(batch);
                documents.addAll(Unpacked.of(batch, validated));
                issues.addAll(validated.issues());
            }
            return new Reading(report, batches, documents, issues);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Draft> drafts() {
        return batches.stream().flatMap(batch -> batch.drafts().stream()).toList();
    }

    List<Original> originals() {
        return batches.stream().flatMap(batch -> batch.originals().stream()).toList();
    }

    <T extends Resource> List<T> all(Class<T> type) {
        return drafts().stream()
                .map(Draft::resource)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    <T extends Resource> T only(Class<T> type) {
        List<T> found = all(type);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " resources of type " + type.getSimpleName());
        }
        return found.get(0);
    }

    Document document(Resource resource) {
        return documents.stream()
                .filter(document -> document.facts()
                        .id()
                        .toString()
                        .equals(resource.getIdElement().getIdPart()))
                .findFirst()
                .orElseThrow();
    }

    /** Rule and first place of every finding. */
    List<String> found() {
        return issues.stream()
                .map(issue -> issue.rule() + " "
                        + (issue.expressions().isEmpty()
                                ? "-"
                                : issue.expressions().get(0)))
                .toList();
    }

    DocumentReport row() {
        return report.documents().get(0);
    }

    /** Content of everything but originals and what speaks of them, by id. */
    Map<String, String> record() {
        Map<String, String> record = new TreeMap<>();
        for (Document document : documents) {
            String type = document.facts().type();
            if (!type.equals("DocumentReference") && !type.equals("Provenance")) {
                record.put(document.source().id(), new String(document.json(), StandardCharsets.UTF_8));
            }
        }
        return record;
    }
}
