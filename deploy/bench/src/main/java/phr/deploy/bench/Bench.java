package phr.deploy.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import phr.deploy.bench.raw.Limits;
import phr.deploy.bench.report.Json;
import phr.deploy.bench.report.Outcome;
import phr.deploy.bench.report.Report;
import phr.deploy.bench.report.Text;
import phr.deploy.bench.server.Contender;
import phr.deploy.bench.server.GatewayServer;
import phr.deploy.bench.server.HapiServer;
import phr.deploy.bench.usage.Database;
import phr.deploy.bench.usage.HeapLog;
import phr.deploy.bench.usage.Meter;
import phr.deploy.bench.work.IngestCheckups;
import phr.deploy.bench.work.Stage;
import phr.deploy.bench.work.Work;
import phr.deploy.bench.work.Works;
import phr.deploy.machine.CacheDirectory;
import phr.deploy.machine.Checkout;

/** {@code deploy/bench/run}: prints one table, writes {@code target/run/results.json} and, when asked to, RESULTS.md. */
public final class Bench {

    private static final long RACE_READS = 100_000;

    private final Options options;
    private final Path home;
    private final Path run;
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private Bench(Options options, Path home, Path run) {
        this.options = options;
        this.home = home;
        this.run = run;
    }

    public static void main(String[] arguments) throws Exception {
        Path home = Checkout.find().root().resolve("deploy").resolve("bench");
        Path run = home.resolve("target").resolve("run");
        try {
            new Bench(Options.parse(arguments, run), home, run).run();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + System.lineSeparator() + Options.HELP);
            System.exit(2);
        }
    }

    private void run() throws Exception {
        CacheDirectory.delete(run);
        Files.createDirectories(run);
        Report report;
        try (Database database = Database.start(run.resolve("postgres"))) {
            report = new Report(Machine.describe(database, options.scale(), Clock.systemDefaultZone()));
            String document = ours(database, report);
            if (options.hapi()) {
                say("Starting HAPI FHIR JPA (a minute)");
                try (Contender hapi = HapiServer.start(database.postgres(), run, document)) {
                    measure(hapi, database, report);
                }
            }
            if (options.limits()) {
                say("Measuring the machine itself");
                Limits.measure(database, report);
            }
        }
        elsewhere(report);
        finish(report);
    }

    private void elsewhere(Report report) {
        Elsewhere elsewhere = new Elsewhere(Checkout.find().root(), report);
        if (options.wantsLong("engine")) {
            say("Measuring the consent engine by itself");
            elsewhere.engine();
        }
        if (options.wantsLong("race")) {
            say("Racing revocations");
            elsewhere.race(RACE_READS);
        }
    }

    private @Nullable String ours(Database database, Report report) throws IOException, SQLException {
        say("Starting Keycloak and the gateway");
        try (GatewayServer gateway = GatewayServer.start(database.postgres(), run, options.java())) {
            measure(gateway, database, report);
            return options.hapi() && options.wants("checkups") ? IngestCheckups.example(gateway) : null;
        }
    }

    private void measure(Contender contender, Database database, Report report) throws IOException, SQLException {
        Stage stage = new Stage(contender, database, options.scale());
        stage.prepare();
        for (Work work : Works.all()) {
            if (options.wants(work.name())) {
                say(contender.name() + ": " + work.name());
                for (Outcome outcome : work.measure(stage)) {
                    report.add(contender.name(), outcome);
                    say(String.format(
                            Locale.ROOT,
                            "    %s %,.2f  (%s)",
                            outcome.subject().name(),
                            outcome.value(),
                            outcome.spread()));
                }
            }
        }
        HeapLog heap = HeapLog.read(contender.collections());
        long resident = new Meter(contender.pid(), database.pid()).peakResident();
        report.memory(contender.name(), new Report.Memory(resident, heap.peak(), heap.live()));
    }

    private void finish(Report report) throws IOException {
        out.println();
        out.println(Text.plain(report));
        Json.write(report, run.resolve("results.json"));
        if (options.record()) {
            String introduction = Files.readString(home.resolve("INTRODUCTION.md"));
            Files.writeString(home.resolve("RESULTS.md"), Text.markdown(report, introduction));
        }
    }

    private void say(String line) {
        out.println(line);
    }
}
