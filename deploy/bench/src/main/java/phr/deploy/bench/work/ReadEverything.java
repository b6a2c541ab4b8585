package phr.deploy.bench.work;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import phr.deploy.bench.http.Call;
import phr.deploy.bench.http.Connection;
import phr.deploy.bench.http.Reply;
import phr.deploy.bench.report.Outcome;
import phr.deploy.bench.report.Subject;
import phr.deploy.bench.report.Unit;
import phr.deploy.bench.usage.Expense;

/** The whole record of a person in one answer. */
public final class ReadEverything implements Work {

    private static final String OBSERVATION = "\"resourceType\":\"Observation\"";

    private static final Subject RATE =
            new Subject("$everything of 10,000, resources", Unit.PER_SECOND, 200_000, 100, "render");
    private static final Subject FIRST_BYTE = new Subject("$everything: first byte", Unit.MILLIS, 50, 0, null);

    @Override
    public String name() {
        return "everything";
    }

    @Override
    public List<Outcome> measure(Stage stage) throws IOException {
        Call call = stage.contender().everything(stage.reader());
        long resources = counted(stage, call, stage.scale().observations());
        List<Double> rates = new ArrayList<>();
        List<Double> first = new ArrayList<>();
        try (Connection connection = new Connection(stage.contender().port())) {
            long until = System.nanoTime() + stage.scale().warmUp().toNanos();
            while (System.nanoTime() < until) {
                connection.send(call).orFail(name());
            }
            Expense start = stage.now();
            until = System.nanoTime()
                    + stage.scale().rounds() * stage.scale().round().toNanos();
            while (System.nanoTime() < until || rates.size() < stage.scale().rounds()) {
                Reply reply = connection.send(call).orFail(name());
                rates.add(resources / (reply.nanos() / 1e9));
                first.add(reply.firstByte() / 1e6);
            }
            Expense expense = stage.since(start);
            return List.of(
                    Stage.outcome(RATE, rates, resources * (double) rates.size(), expense),
                    Stage.outcome(FIRST_BYTE, first, 0, Expense.NONE));
        }
    }

    /** How many Observations the answer holds, for a look before measuring. */
    static long counted(Stage stage, Call call, int expected) throws IOException {
        try (Connection connection = new Connection(stage.contender().port()).counting(OBSERVATION)) {
            long found = connection.send(call).orFail("everything").found();
            if (found < expected) {
                throw new IOException("$everything gives " + found + " Observations only");
            }
            return found;
        }
    }
}
