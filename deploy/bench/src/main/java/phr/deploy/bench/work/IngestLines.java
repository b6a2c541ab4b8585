package phr.deploy.bench.work;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import phr.deploy.bench.data.HeartRates;
import phr.deploy.bench.http.Call;
import phr.deploy.bench.report.Outcome;
import phr.deploy.bench.report.Subject;
import phr.deploy.bench.report.Unit;
import phr.deploy.bench.server.Person;

/** The same heart rates as NDJSON, a week in a file. */
public final class IngestLines implements Work {

    private static final Subject RATE =
            new Subject("ingest: NDJSON of heart rates, Observations", Unit.PER_SECOND, 200_000, 0, "parse");

    private static final int FIRST = 5;
    private static final int PEOPLE = 2;
    private static final int IN_FILE = 10_080;

    @Override
    public String name() {
        return "lines";
    }

    @Override
    public List<Outcome> measure(Stage stage) throws IOException, SQLException {
        List<Supplier<Call>> clients = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            Person person = stage.contender().person(FIRST + i);
            if (stage.contender().lines(person, new byte[0]).isEmpty()) {
                return List.of();
            }
            HeartRates rates = new HeartRates(person.reference(), HeartRates.Form.NDJSON, IN_FILE, 1, FIRST + i);
            clients.add(() -> stage.contender().lines(person, rates.next()).orElseThrow());
        }
        return List.of(stage.rate(RATE, IN_FILE, clients));
    }
}
