package phr.fhir.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code mvn -Pfuzz -pl fhir-profiles -am test}: Jazzer makes inputs for each source, led by the branches that they reach, in a
 * process of 512 MB that ends with the first crash, hang of more than a second, or answer that the oracle does not accept. Findings are left
 * in {@code target/fuzz}.
 */
class FuzzRun {

    private static final int INPUTS = Integer.getInteger("phr.fuzz.inputs", 10_000);
    private static final String SEED = System.getProperty("phr.fuzz.seed", "20261122");

    static List<String> sources() throws IOException {
        return Corpus.sources();
    }

    @ParameterizedTest
    @MethodSource("sources")
    void whateverTheBytesAre(String source) throws IOException, InterruptedException {
        Path home = Path.of("target", "fuzz", source);
        Path seeds = Files.createDirectories(home.resolve("seeds"));
        Path corpus = Files.createDirectories(home.resolve("corpus"));
        List<byte[]> files = Corpus.of(source);
        for (int i = 0; i < files.size(); i++) {
            Files.write(seeds.resolve(String.valueOf(i)), files.get(i));
        }
        File log = home.resolve("log.txt").toFile();
        Process jazzer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + FuzzTarget.class.getName(),
                        "--target_args=" + source,
                        "--instrumentation_includes=phr.**",
                        "--reproducer_path=" + home,
                        "-artifact_prefix=" + home + "/",
                        "-runs=" + INPUTS,
                        "-seed=" + SEED,
                        "-timeout=1",
                        "-max_len=65536",
                        "-rss_limit_mb=2048",
                        corpus.toString(),
                        seeds.toString())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        assertEquals(0, jazzer.waitFor(), () -> "seed " + SEED + ", see " + log);
    }
}
