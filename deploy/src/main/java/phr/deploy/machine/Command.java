package phr.deploy.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program with its arguments, run to its end.
 *
 * @param exit exit status; {@value #CANNOT_RUN} when the program could not be started at all
 * @param output standard output and error, mixed
 */
public record Command(int exit, String output) {

    public static final int CANNOT_RUN = 127;

    public boolean succeeded() {
        return exit == 0;
    }

    /** Runs to the end in {@code /}, so that the directory of the caller never matters. */
    public static Command run(List<String> command) {
        return run(command, Path.of("/"), Map.of());
    }

    /** Runs to the end in the given directory with additions to the environment. */
    public static Command run(List<String> command, Path directory, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            try (InputStream output = process.getInputStream()) {
                String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
                return new Command(process.waitFor(), text);
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
                return new Command(CANNOT_RUN, "interrupted");
            }
        } catch (IOException e) {
            return new Command(CANNOT_RUN, String.valueOf(e.getMessage()));
        }
    }
}
