package phr.deploy.bench.work;

import java.io.IOException;
import java.util.List;
import phr.deploy.bench.http.Call;
import phr.deploy.bench.http.Connection;
import phr.deploy.bench.http.Reply;
import phr.deploy.bench.report.Outcome;
import phr.deploy.bench.report.Subject;
import phr.deploy.bench.report.Unit;
import phr.deploy.bench.server.GatewayServer;
import phr.deploy.bench.server.Person;
import phr.deploy.bench.usage.Expense;
import phr.deploy.bench.usage.HeapLog;

/** A large record in one answer, and whether memory stays flat. Filling the other server with as much would take half an hour. */
public final class ReadLarge implements Work {

    private static final Subject RATE =
            new Subject("$everything of 1,000,000, resources", Unit.PER_SECOND, 200_000, 0, "render");
    private static final Subject FIRST_BYTE =
            new Subject("$everything of 1,000,000: first byte", Unit.MILLIS, 50, 0, null);
    private static final Subject HEAP =
            Subject.noted("$everything of 1,000,000: heap after a collection, highest", Unit.MEGABYTES);

    private static final int PERSON = 13;
    private static final double MEGA = 1024 * 1024;

    @Override
    public String name() {
        return "large";
    }

    @Override
    public List<Outcome> measure(Stage stage) throws IOException {
        int observations = stage.scale().large();
        if (observations == 0 || !(stage.contender() instanceof GatewayServer gateway)) {
            return List.of();
        }
        Person person = gateway.person(PERSON);
        stage.load(person, observations, 1);
        Call call = gateway.everything(person);
        long resources = ReadEverything.counted(stage, call, observations);
        int collections = HeapLog.lines(gateway.collections());
        Expense start = stage.now();
        try (Connection connection = new Connection(gateway.port())) {
            Reply reply = connection.send(call).orFail(name());
            Expense expense = stage.since(start);
            double live = HeapLog.read(gateway.collections(), collections).live() / MEGA;
            return List.of(
                    new Outcome(RATE, resources / (reply.nanos() / 1e9), "", resources, expense),
                    Outcome.of(FIRST_BYTE, reply.firstByte() / 1e6),
                    Outcome.of(HEAP, live));
        }
    }
}
