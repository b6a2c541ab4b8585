package phr.deploy.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import phr.deploy.keycloak.LocalKeycloak;
import phr.deploy.machine.CacheDirectory;
import phr.deploy.machine.Checkout;
import phr.deploy.machine.StartupException;

/** The command behind {@code deploy/demo}. Exit status: 0 good, 1 an answer differs, 2 something cannot start. */
public final class Demo {

    private final Options options;
    private final Narrator narrator;
    private volatile boolean interrupted;

    private Demo(Options options, Narrator narrator) {
        this.options = options;
        this.narrator = narrator;
    }

    public static void main(String[] arguments) {
        Narrator narrator = new Narrator(new PrintStream(System.out, false, StandardCharsets.UTF_8));
        int status;
        try {
            Options options = Options.parse(List.of(arguments), System.getenv());
            if (options.help()) {
                narrator.say(Options.USAGE);
                return;
            }
            status = new Demo(options, narrator).run();
        } catch (StartupException e) {
            narrator.say("");
            narrator.say(e.getMessage());
            status = 2;
        } catch (IOException e) {
            narrator.say("");
            narrator.say("The demo cannot write its files: " + e.getMessage());
            status = 2;
        }
        System.exit(status);
    }

    private int run() throws IOException {
        Path directory = directory();
        Installation installation = new Installation(options, directory, narrator);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupt(installation), "stop-demo"));
        try {
            LocalKeycloak keycloak = installation.start(options.portKeycloak());
            SampleFiles.write(directory.resolve("files"));
            boolean good = travel(new Scene(installation, visitor -> visitor.token(keycloak), narrator, new Answers()));
            if (options.check()) {
                return good ? 0 : 1;
            }
            new Farewell(installation, keycloak, narrator).say();
            new CountDownLatch(1).await();
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        } catch (StartupException e) {
            if (interrupted) {
                // The part that was starting was stopped with the others; that is no failure to explain.
                return 0;
            }
            throw e;
        } finally {
            end(installation);
        }
    }

    /** By Ctrl-C, and at every end, when everything is stopped already. */
    private void interrupt(Installation installation) {
        interrupted = true;
        end(installation);
    }

    private void end(Installation installation) {
        installation.close();
        if (options.check()) {
            CacheDirectory.delete(installation.directory());
        }
    }

    private Path directory() throws IOException {
        if (options.check()) {
            return Files.createTempDirectory("phr-demo-");
        }
        Path directory = Checkout.find().root().resolve(".phr");
        if (options.fresh()) {
            narrator.say("Forgetting the data in " + directory);
            CacheDirectory.delete(directory);
        }
        return Files.createDirectories(directory);
    }

    /** Walks through the steps; a step that cannot be finished ends the walk. */
    private boolean travel(Scene scene) {
        Verdict verdict = new Verdict(narrator, Expectations.load());
        for (Step step : steps(scene)) {
            narrator.heading(step.name() + "  " + step.title());
            try {
                step.action().run();
            } catch (Exception e) {
                verdict.broken(step.name(), String.valueOf(e.getMessage()));
                return false;
            }
            if (options.check()) {
                verdict.judge(step.name(), scene.answers());
            }
        }
        if (options.check()) {
            narrator.heading(verdict.summary());
        }
        return verdict.good();
    }

    static List<Step> steps(Scene scene) {
        return Stream.of(
                        new Arriving(scene).steps(),
                        new Sharing(scene, Clock.systemUTC()).steps(),
                        new Moving(scene).steps(),
                        new Looking(scene).steps())
                .flatMap(List::stream)
                .toList();
    }
}
