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

/** Heart rates, one a minute, a hundred in a Bundle; four people at once, each over a connection of her own. */
public final class IngestBundles implements Work {

    private static final Subject RATE =
            new Subject("ingest: Bundles of 100 heart rates, Observations", Unit.PER_SECOND, 75_000, 100, "parse");
    private static final Subject DISK = new Subject("disk: a dense sample with indexes", Unit.BYTES, 8, 0, null);

    private static final int FIRST = 1;
    private static final int PEOPLE = 4;

    @Override
    public String name() {
        return "bundles";
    }

    @Override
    public List<Outcome> measure(Stage stage) throws IOException, SQLException {
        List<HeartRates> rates = new ArrayList<>();
        List<Supplier<Call>> clients = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            Person person = stage.contender().person(FIRST + i);
            HeartRates own =
                    new HeartRates(person.reference(), HeartRates.Form.TRANSACTION, Stage.IN_BUNDLE, 1, FIRST + i);
            rates.add(own);
            clients.add(() -> stage.contender().bundle(person, own.next()));
        }
        long before = stage.size();
        Outcome rate = stage.rate(RATE, Stage.IN_BUNDLE, clients);
        double made = rates.stream().mapToLong(HeartRates::made).sum();
        return List.of(rate, Outcome.of(DISK, (stage.size() - before) / made));
    }
}
