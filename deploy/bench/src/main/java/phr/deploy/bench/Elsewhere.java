package phr.deploy.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import phr.deploy.bench.report.Report;
import phr.deploy.machine.Command;

/** Measurements that live beside what they measure and are run by Maven; what they print becomes notes. */
final class Elsewhere {

    private static final Pattern ENGINE = Pattern.compile(".*: (?:compile|decide): median .*|.* % permitted");
    private static final Pattern RACE = Pattern.compile("race: .*");
    private static final String ONLY_NAMED = "-Dsurefire.failIfNoSpecifiedTests=false";

    private final Path root;
    private final Report report;

    Elsewhere(Path root, Report report) {
        this.root = root;
        this.report = report;
    }

    /** Decisions of the consent engine alone. */
    void engine() {
        run(ENGINE, "mvn", "-B", "-Pbench", "-pl", "consent", "-am", "-Dtest=*Bench", ONLY_NAMED, "test");
    }

    /** Two gateways, readers and a person who changes her mind (CS-14). */
    void race(long reads) {
        run(
                RACE,
                "mvn",
                "-B",
                "-pl",
                "gateway",
                "-am",
                "-Dtest=None",
                ONLY_NAMED,
                "-Dit.test=RevocationRaceIT",
                "-Dfailsafe.failIfNoSpecifiedTests=false",
                "-Dphr.race.reads=" + reads,
                "verify");
    }

    private void run(Pattern wanted, String... command) {
        Command result = Command.run(List.of(command), root, Map.of());
        if (!result.succeeded()) {
            report.note("failed: " + String.join(" ", command));
        }
        result.output().lines().filter(line -> wanted.matcher(line).matches()).forEach(report::note);
    }
}
