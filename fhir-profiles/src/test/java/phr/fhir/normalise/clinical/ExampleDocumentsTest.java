package phr.fhir.normalise.clinical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Batches;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Intake;
import phr.fhir.validate.ReferenceValidator;

/** Public example documents, which are not ours to ship: folders of the directory that {@code PHR_REFERENCE_DATA} names. */
@EnabledIfEnvironmentVariable(named = "PHR_REFERENCE_DATA", matches = ".+")
class ExampleDocumentsTest {

    static Stream<Path> examples() throws IOException {
        List<Path> found = new java.util.ArrayList<>();
        for (String folder : List.of("clins-examples", "ips")) {
            try (Stream<Path> files = Files.list(Path.of(System.getenv("PHR_REFERENCE_DATA"), folder))) {
                files.filter(file -> file.toString().endsWith(".json")).sorted().forEach(found::add);
            }
        }
        return found.stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleThatThePersonSaysIsHersIsReadWithoutError(Path file) throws IOException {
        Intake intake = Batches.intake(Files.readAllBytes(file));
        Taken taken = Taken.from(new Intake(
                intake.account(),
                Content.of(Files.readAllBytes(file)),
                intake.submitter(),
                intake.client(),
                intake.ownNamespace(),
                Instant.parse("2026-04-02T00:00:00Z"),
                true,
                null));

        assertFalse(taken.report().held());
        assertEquals(
                List.of(),
                taken.issues().stream()
                        .filter(issue -> issue.severity() == Issue.Severity.ERROR)
                        .toList());
        assertTrue(taken.documents().size() > 1);
        // Nothing of it would go into quarantine.
        taken.documents().forEach(document -> assertEquals(List.of(), ReferenceValidator.errors(Taken.json(document))));
    }
}
