package phr.fhir.fuzz;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The short form of {@link FuzzRun}: the same oracle, damage by seeds, the same in every build. */
class MutantsTest {

    private static final long SEED = Long.getLong("phr.mutants.seed", 20261122);
    private static final int MUTANTS = Integer.getInteger("phr.mutants", 500);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Oracle oracle = new Oracle();

    static List<String> sources() throws IOException {
        return Corpus.sources();
    }

    @ParameterizedTest
    @MethodSource("sources")
    void damagedFilesAreReadOrRefused(String source) throws IOException {
        Mutants mutants = new Mutants(Corpus.of(source), SEED);
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = mutants.next();
            String message = "seed " + SEED + ", mutant " + i;
            assertTimeoutPreemptively(PATIENCE, () -> oracle.read(mutant), message);
        }
    }
}
