package phr.deploy.bench.work;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;
import phr.deploy.bench.http.Call;
import phr.deploy.bench.http.Connection;
import phr.deploy.bench.http.Reply;
import phr.deploy.bench.http.Round;
import phr.deploy.bench.report.Outcome;
import phr.deploy.bench.report.Subject;
import phr.deploy.bench.report.Unit;
import phr.deploy.bench.server.GatewayServer;
import phr.deploy.bench.server.Person;
import phr.deploy.bench.usage.Expense;
import phr.fhir.fixtures.Lifelogs;

/**
 * What consent costs, and whether time tells what is hidden. Calls that are compared are made in turns over one connection, so
 * that whatever else slows the machine slows both.
 */
public final class Consent implements Work {

    private static final int COUNT = 500;
    private static final int LEAST = 300;
    private static final double MOST_PERCENT = 5;
    private static final Subject SEARCH = new Subject(
            "consent: search of 500 by a clinic, more than by the person", Unit.PERCENT, MOST_PERCENT, 0, null);
    private static final Subject EVERYTHING = new Subject(
            "consent: $everything by a clinic, more than by the person", Unit.PERCENT, MOST_PERCENT, 0, null);
    private static final Subject HIDDEN = Subject.noted("read of a hidden id by the clinic, median", Unit.MILLIS);
    private static final Subject ABSENT = Subject.noted("read of an absent id by the clinic, median", Unit.MILLIS);
    private static final Subject TELLING =
            Subject.noted("chance that a hidden id takes longer than an absent one", Unit.CHANCE);

    @Override
    public String name() {
        return "consent";
    }

    @Override
    public List<Outcome> measure(Stage stage) throws IOException {
        if (!(stage.contender() instanceof GatewayServer gateway)) {
            return List.of();
        }
        Person herself = stage.reader();
        Person clinic = Clinic.of(gateway, herself);
        Windows one = new Windows(stage.scale().observations(), COUNT, 3);
        Windows same = new Windows(stage.scale().observations(), COUNT, 3);
        List<Outcome> found = new ArrayList<>();
        found.add(more(
                SEARCH,
                stage,
                () -> gateway.search(herself, one.next(), COUNT),
                () -> gateway.search(clinic, same.next(), COUNT)));
        found.add(more(EVERYTHING, stage, () -> gateway.everything(herself), () -> gateway.everything(clinic)));
        found.addAll(timings(stage, gateway, herself, clinic));
        return found;
    }

    /** How much longer the second takes, in percent of the first. */
    private static Outcome more(Subject subject, Stage stage, Supplier<Call> first, Supplier<Call> second)
            throws IOException {
        Turns turns;
        Expense start;
        try (Connection connection = new Connection(stage.contender().port())) {
            Turns.taken(connection, stage.scale().warmUp(), 3, first, second).demand(200);
            start = stage.now();
            turns = Turns.taken(connection, stage.scale().together(), 9, first, second);
            turns.demand(200);
        }
        double a = turns.first().medianMillis();
        double b = turns.second().medianMillis();
        String spread = "%.1f ms, %.1f ms".formatted(a, b);
        return new Outcome(subject, 100 * (b / a - 1), spread, 2.0 * turns.count(), stage.since(start));
    }

    private static List<Outcome> timings(Stage stage, GatewayServer gateway, Person herself, Person clinic)
            throws IOException {
        List<String> hidden = steps(stage, gateway, herself);
        SplittableRandom random = new SplittableRandom(4);
        Supplier<Call> known = () -> gateway.observation(clinic, hidden.get(random.nextInt(hidden.size())));
        Supplier<Call> unknown =
                () -> gateway.observation(clinic, new UUID(random.nextLong(), random.nextLong()).toString());
        try (Connection connection = new Connection(gateway.port())) {
            Turns.taken(connection, stage.scale().warmUp(), 10, known, unknown).demand(404);
            Turns turns = Turns.taken(connection, stage.scale().together(), LEAST, known, unknown);
            Turns control = Turns.taken(connection, stage.scale().together(), LEAST, unknown, unknown);
            turns.demand(404);
            Chance chance = Chance.of(turns.first().nanos(), turns.second().nanos());
            Chance noise = Chance.of(control.first().nanos(), control.second().nanos());
            String spread = chance + "; two absent ones: " + noise;
            return List.of(
                    timing(HIDDEN, turns.first()),
                    timing(ABSENT, turns.second()),
                    new Outcome(TELLING, chance.value(), spread, 0, Expense.NONE));
        }
    }

    private static Outcome timing(Subject subject, Round round) {
        String spread = "p95 %.2f ms".formatted(round.quantileMillis(0.95));
        return new Outcome(subject, round.medianMillis(), spread, 0, Expense.NONE);
    }

    /** Ids of her steps, which the clinic may not see. */
    private static List<String> steps(Stage stage, GatewayServer gateway, Person herself) throws IOException {
        byte[] week = Lifelogs.stepsWeek(UUID.nameUUIDFromBytes(new byte[] {1}), LocalDate.of(2025, 6, 9));
        try (Connection connection = new Connection(gateway.port())) {
            Reply reply = connection.send(gateway.file(herself, "application/json", week));
            reply.orFail("steps");
        }
        return Found.ids(stage, gateway.search(herself, "category=activity", COUNT));
    }
}
