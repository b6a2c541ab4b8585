package phr.fhir.normalise.checkup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import phr.fhir.Fhir;
import phr.fhir.PersonId;
import phr.fhir.failure.Issue;
import phr.fhir.fixtures.Checkup;
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

/** One run of the normaliser and everything that came out. */
record Reading(List<Draft> drafts, List<Original> originals, Report report) {

    static final PersonId PERSON = PersonId.parse("0192a1b2-0000-7000-8000-0000000000a1");
    static final String NAMESPACE = "https://phr-a.example/fhir";

    static Reading of(byte[] file) {
        return of(file, People.HANAKO.account(PERSON));
    }

    static Reading of(Checkup checkup) {
        return of(checkup.xml(), checkup.person().account(PERSON));
    }

    static Reading of(byte[] file, Account account) {
        return of(Content.of(file), account, false, new CheckupFormat());
    }

    static Reading confirmed(byte[] file, Account account) {
        return of(Content.of(file), account, true, new CheckupFormat());
    }

    static Reading of(Content content, Account account, boolean confirmed, CheckupFormat format) {
        List<Normalised> batches = new ArrayList<>();
        Intake intake = new Intake(
                account,
                content,
                "Patient/" + account.person(),
                "citizen-app",
                NAMESPACE,
                Instant.parse("2025-07-01T00:00:00Z"),
                confirmed,
                null);
        try {
            Report report = new Normalisation(List.of(format)).normalise(intake, batches::add);
            return new Reading(
                    batches.stream().flatMap(batch -> batch.drafts().stream()).toList(),
                    batches.stream()
                            .flatMap(batch -> batch.originals().stream())
                            .toList(),
                    report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    <T extends Resource> List<T> all(Class<T> type) {
        return drafts.stream()
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

    /** The n-th observation (from 1) with this item code. */
    Observation observation(String code, int n) {
        return all(Observation.class).stream()
                .filter(observation ->
                        code.equals(observation.getCode().getCodingFirstRep().getCode()))
                .skip(n - 1L)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no observation " + n + " with code " + code));
    }

    Observation observation(String code) {
        return observation(code, 1);
    }

    Draft draft(String reference) {
        return drafts.stream()
                .filter(draft -> draft.source().id().equals(reference))
                .findFirst()
                .orElseThrow();
    }

    Draft draftOf(String itemCode) {
        return draft("Observation/" + observation(itemCode).getIdPart());
    }

    List<Issue> issues(String rule) {
        return report.issues().stream()
                .filter(issue -> issue.rule().equals(rule))
                .toList();
    }

    DocumentReport row() {
        return report.documents().get(0);
    }

    /** One line of JSON for each resource. */
    String ndjson() {
        StringBuilder lines = new StringBuilder();
        drafts.forEach(draft -> lines.append(json(draft.resource())).append('\n'));
        return lines.toString();
    }

    static String json(Resource resource) {
        return Fhir.json().encodeResourceToString(resource);
    }

    static @Nullable String display(Observation observation) {
        return observation.getValueCodeableConcept().getCodingFirstRep().getDisplay();
    }
}
