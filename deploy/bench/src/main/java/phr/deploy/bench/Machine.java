package phr.deploy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import phr.deploy.bench.usage.Database;
import phr.deploy.bench.work.Scale;

/** What a run was made on. */
final class Machine {

    private static final Path CPUS = Path.of("/proc/cpuinfo");
    private static final Path MEMORY = Path.of("/proc/meminfo");

    private Machine() {}

    static Map<String, String> describe(Database database, Scale scale, Clock clock) throws IOException, SQLException {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put(
                "Run",
                LocalDate.now(clock) + ", " + scale.name() + ": " + scale.rounds() + " rounds of "
                        + scale.round().toMillis() / 1e3 + " s after "
                        + scale.warmUp().toMillis() / 1e3 + " s of warming up");
        lines.put("Processors", Runtime.getRuntime().availableProcessors() + " × " + first(CPUS, "model name"));
        lines.put("Memory", first(MEMORY, "MemTotal"));
        lines.put("System", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        lines.put("Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        lines.put("Gateway", "one process, -Xmx1g; authentication, consent, audit and encryption on");
        lines.put("HAPI FHIR JPA", "8.8.0, one process, -Xmx4g; none of these");
        lines.put("PostgreSQL", text(database.shown()) + "; " + text(Database.SETTINGS));
        return lines;
    }

    private static String text(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + " " + setting.getValue())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String first(Path file, String name) throws IOException {
        if (!Files.isReadable(file)) {
            return "unknown";
        }
        List<String> lines = Files.readAllLines(file);
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElse("unknown");
    }
}
