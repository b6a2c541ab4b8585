package phr.fhir.normalise.checkup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import phr.fhir.failure.Issue;
import phr.fhir.fixtures.Checkups;
import phr.fhir.fixtures.People;
import phr.fhir.jp.Generation;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Draft;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Normalisation;
import phr.fhir.validate.ReferenceValidator;
import phr.fhir.validate.Validated;
import phr.fhir.validate.Validator;

/** What the normaliser makes passes the next stage whole. */
class ValidationTest {

    @Test
    void theReferenceValidatorFindsNoErrorInACheckup() {
        for (Draft draft : Reading.of(Checkups.hanako2025().zip()).drafts()) {
            String json = Reading.json(draft.resource());
            assertEquals(List.of(), ReferenceValidator.errors(json), json);
        }
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
