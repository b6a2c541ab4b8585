package phr.fhir.normalise.clinical;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import phr.fhir.normalise.Batches;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Intake;

/** A file can contradict the account, never choose it. */
class WhoseFileTest {

    private static final String CONDITION =
            "{\"resourceType\":\"Condition\",\"id\":\"c\",\"code\":{\"text\":\"x\"},\"subject\":{\"reference\":\"%s\"}}";

    @Test
    void oneIdOfTheSourceWaitsForThePersonAndIsTakenWhenSheConfirms() throws IOException {
        byte[] file = CONDITION.formatted("Patient/4711").getBytes(UTF_8);

        Taken first = Taken.from(Batches.intake(file));
        Taken confirmed = Taken.from(confirmed(file));

        assertTrue(first.report().held());
        assertEquals(List.of(), first.documents());
        assertEquals(1, confirmed.of("Condition").count());
    }

    @Test
    void herOwnIdNeedsNoConfirmation() throws IOException {
        for (String subject : List.of("Patient/" + Batches.PERSON, Batches.OWN + "/Patient/" + Batches.PERSON)) {
            Taken taken = Taken.from(Batches.intake(CONDITION.formatted(subject).getBytes(UTF_8)));
            assertEquals(1, taken.of("Condition").count());
            assertEquals(List.of(), taken.findings());
        }
    }

    @Test
    void twoIdsOfTheSourceAreTwoPeopleAndNothingIsTaken() throws IOException {
        String lines = CONDITION.formatted("Patient/1") + "\n"
                + CONDITION.formatted("Patient/2").replace("\"c\"", "\"d\"") + "\n";

        Taken taken = Taken.from(Batches.intake(lines.getBytes(UTF_8)));

        assertEquals(List.of("FHIR-6 line 1", "FHIR-6 line 2", "FHIR-12 $"), taken.findings());
        assertEquals(List.of(), taken.documents());
        assertEquals(List.of(), taken.originals());
    }

    @Test
    void aPatientWhoContradictsTheAccountIsSaidWhere() throws IOException {
        String lines = Bundles.patient().put("birthDate", "1981-04-01").put("gender", "male") + "\n"
                + CONDITION.formatted("Patient/p") + "\n";

        Taken taken = Taken.from(Batches.intake(lines.getBytes(UTF_8)));

        assertTrue(taken.report().held());
        assertEquals(List.of("FHIR-11 line 1.birthDate", "FHIR-11 line 1.gender"), taken.findings());
        assertEquals(
                1, Taken.from(confirmed(lines.getBytes(UTF_8))).of("Condition").count());
    }

    @Test
    void peopleOfWhomNobodyIsThePersonStayHeldEvenWhenConfirmed() throws IOException {
        String lines = Bundles.patient().put("birthDate", "1981-04-01") + "\n"
                + Bundles.patient().put("birthDate", "1982-04-01").put("id", "q") + "\n";

        assertTrue(Taken.from(confirmed(lines.getBytes(UTF_8))).report().held());
    }

    @Test
    void whatAForeignApplicationSendsIsIdentifiedWithinItsOwnSource() throws IOException {
        byte[] file = CONDITION.formatted("Patient/" + Batches.PERSON).getBytes(UTF_8);
        Intake own = Batches.intake(file);
        Intake foreign = new Intake(
                own.account(),
                own.patient(),
                own.content(),
                own.submitter(),
                "clinic-app",
                true,
                own.ownNamespace(),
                own.received(),
                false,
                null);

        Taken hers = Taken.from(own);
        Taken theirs = Taken.from(foreign);

        assertFalse(hers.documents()
                .get(0)
                .facts()
                .id()
                .equals(theirs.documents().get(0).facts().id()));
        assertEquals("urn:phr:clinic-app", theirs.documents().get(0).source().namespace());
    }

    private static Intake confirmed(byte[] file) {
        Intake intake = Batches.intake(file);
        return new Intake(
                intake.account(),
                Content.of(file),
                intake.submitter(),
                intake.client(),
                intake.ownNamespace(),
                Instant.parse("2026-04-02T00:00:00Z"),
                true,
                null);
    }
}
