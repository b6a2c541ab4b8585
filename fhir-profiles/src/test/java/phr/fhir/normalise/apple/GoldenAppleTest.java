package phr.fhir.normalise.apple;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import phr.fhir.normalise.Batches;
import phr.fhir.normalise.GoldenCases;
import phr.fhir.normalise.Original;

/** {@code expected.ndjson}: the resources as stored; {@code expected.issues}: report and findings. */
class GoldenAppleTest extends GoldenCases {

    GoldenAppleTest() {
        super("apple");
    }

    @Override
    protected Answer read(Path folder, byte[] content, boolean fast) throws IOException {
        Taken taken = Taken.of(Batches.intake(content), fast);
        assertTrue(
                taken.originals().stream().allMatch(original -> original.kind().equals("apple-health")));
        return new Answer(
                Map.of("expected.ndjson", taken.lines(), "expected.issues", taken.issues()),
                taken.lines(),
                taken.originals().stream().map(Original::content).toList());
    }

    /** What goes past the resource model overtakes the rest. */
    @Override
    protected Map<String, List<String>> compared(Answer answer) {
        List<String> sorted = answer.resources().stream().distinct().sorted().toList();
        return Map.of("resources", sorted, "issues", answer.files().getOrDefault("expected.issues", List.of()));
    }
}
