package phr.deploy.bench.work;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import phr.deploy.bench.http.Call;
import phr.deploy.bench.report.Outcome;
import phr.deploy.bench.report.Subject;
import phr.deploy.bench.report.Unit;
import phr.deploy.bench.server.Person;

/** Single heart rates by id. */
public final class ReadById implements Work {

    private static final Subject RATE =
            new Subject("read by id, 32 connections, reads", Unit.PER_SECOND, 10_000, 20, "select 1");
    private static final Subject TIME =
            new Subject("read by id, 1 connection, median", Unit.MILLIS, Double.POSITIVE_INFINITY, 20, null);

    private static final int CONNECTIONS = 32;
    private static final int PAGE = 500;

    @Override
    public String name() {
        return "read";
    }

    @Override
    public List<Outcome> measure(Stage stage) throws IOException, SQLException {
        Person person = stage.reader();
        Windows windows = new Windows(stage.scale().observations(), PAGE, 2);
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Call page = stage.contender().search(person, windows.next(), PAGE);
            Found.ids(stage, page).forEach(id -> calls.add(stage.contender().observation(person, id)));
        }
        List<Supplier<Call>> clients = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            SplittableRandom random = new SplittableRandom(i);
            clients.add(() -> calls.get(random.nextInt(calls.size())));
        }
        return List.of(stage.rate(RATE, 1, clients), stage.median(TIME, clients.get(0)));
    }
}
