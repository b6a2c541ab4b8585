package phr.fhir.fuzz;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The golden files of a source, from which mutants are made. */
final class Corpus {

    private Corpus() {}

    /** Names of the golden folders that hold files as they come in. */
    static List<String> sources() throws IOException {
        try (Stream<Path> folders = Files.list(golden())) {
            return folders.map(folder -> String.valueOf(folder.getFileName()))
                    .filter(name -> !of(name).isEmpty())
                    .sorted()
                    .toList();
        }
    }

    static List<byte[]> of(String source) {
        List<byte[]> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(golden().resolve(source))) {
            List<Path> in = all.filter(
                            file -> String.valueOf(file.getFileName()).startsWith("in."))
                    .sorted()
                    .toList();
            for (Path file : in) {
                files.add(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new IllegalStateException("golden files of " + source + " cannot be read", e);
        }
        return files;
    }

    private static Path golden() {
        try {
            return Path.of(Objects.requireNonNull(Corpus.class.getResource("/golden"), "golden files")
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
