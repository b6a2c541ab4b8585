package phr.fhir.normalise.checkup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.failure.Issue;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.Checkups;
import phr.fhir.fixtures.People;
import phr.fhir.jp.Generation;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Draft;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.Report;
import phr.fhir.validate.ReferenceValidator;
import phr.fhir.validate.Validated;
import phr.fhir.validate.Validator;

/** What the normaliser makes passes the next stage whole. */
class ValidationTest {

    @Test
    void theReferenceValidatorFindsNoErrorInACheckup() {
        List<Draft> drafts = Reading.of(Checkups.hanako2025().zip()).drafts();
        Set<String> shapes = new HashSet<>();
        for (Draft draft : drafts) {
            if (!shapes.add(shape(draft))) {
                continue;
            }
            String json = Reading.json(draft.resource());
            assertEquals(List.of(), ReferenceValidator.errors(json), json);
        }
    }

    /** One of each kind is enough: that validator takes its time. */
    private static String shape(Draft draft) {
        return draft.resource() instanceof Observation observation
                ? observation.getValue() == null
                        ? String.valueOf(observation.getStatus())
                        : observation.getValue().fhirType() + observation.hasReferenceRange()
                : draft.resource().fhirType();
    }

    @ParameterizedTest
    @ValueSource(strings = {"123456789018", "１２３４５６７８９０１８"})
    void aMyNumberInAPartThatIsNotMappedKeepsTheOriginalOut(String number) throws IOException {
        String id = "<id root=\"1.2.3\" extension=\"" + number + "\"/>";
        for (Checkup checkup : List.of(
                Checkups.taro2025().replacing("<patientRole>", "<patientRole>" + id),
                Checkups.taro2025().replacing("<text/>", "<text>" + number + "</text>"),
                Checkups.taro2025().item("9N081000000000049", number))) {
            int[] originals = new int[1];
            Report report = new Normalisation(List.of(new CheckupFormat()))
                    .normalise(
                            intake(checkup),
                            batch -> originals[0] +=
                                    new Validator().validate(batch).originals().size());

            assertEquals(0, originals[0]);
            assertEquals(
                    1,
                    report.issues().stream()
                            .filter(issue -> issue.rule().equals("REQ-SEC-2"))
                            .count());
            assertFalse(report.toString().contains(number));
        }
    }

    private static Intake intake(Checkup checkup) {
        return new Intake(
                checkup.person().account(Reading.PERSON),
                Content.of(checkup.xml()),
                "Patient/" + Reading.PERSON,
                "citizen-app",
                Reading.NAMESPACE,
                Instant.parse("2025-07-01T00:00:00Z"),
                false,
                null);
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void everyResourceOfACheckupIsValid(Generation generation) throws IOException {
        byte[] zip = Checkups.everyItem(People.HANAKO, generation, 11)
                .ticket("25000012345")
                .zip();
        Intake intake = new Intake(
                People.HANAKO.account(Reading.PERSON),
                Content.of(zip),
                "Patient/" + Reading.PERSON,
                "citizen-app",
                Reading.NAMESPACE,
                Instant.parse("2025-07-01T00:00:00Z"),
                false,
                null);
        List<Issue> issues = new ArrayList<>();
        int[] counts = new int[3];

        new Normalisation(List.of(new CheckupFormat())).normalise(intake, batch -> {
            Validated validated = new Validator().validate(batch);
            issues.addAll(validated.issues());
            counts[0] += batch.drafts().size();
            counts[1] += validated.documents().size();
            counts[2] += validated.originals().size();
        });

        assertEquals(List.of(), issues);
        assertEquals(counts[0], counts[1]);
        assertEquals(2, counts[2]);
    }
}
