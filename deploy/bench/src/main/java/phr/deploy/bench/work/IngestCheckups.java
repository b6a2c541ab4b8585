package phr.deploy.bench.work;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import phr.deploy.bench.data.Transactions;
import phr.deploy.bench.http.Call;
import phr.deploy.bench.http.Connection;
import phr.deploy.bench.report.Outcome;
import phr.deploy.bench.report.Subject;
import phr.deploy.bench.report.Unit;
import phr.deploy.bench.server.Contender;
import phr.deploy.bench.server.Person;

/**
 * Checkups (特定健診). Our gateway gets the CDA document as insurers hand it out; another server, which cannot read that, gets the
 * resources that our gateway made of it, as a transaction.
 */
public final class IngestCheckups implements Work {

    private static final Subject RATE =
            new Subject("ingest: checkups of some 60 resources, documents", Unit.PER_SECOND, 300, 0, "commit");
    private static final Subject DISK = new Subject("disk: a sparse resource", Unit.BYTES, 450, 0, null);

    private static final int EXAMPLE = 7;
    private static final int FIRST = 8;
    private static final int PEOPLE = 4;

    @Override
    public String name() {
        return "checkups";
    }

    @Override
    public List<Outcome> measure(Stage stage) throws IOException, SQLException {
        List<Supplier<Call>> clients = new ArrayList<>();
        AtomicInteger number = new AtomicInteger();
        for (int i = 0; i < PEOPLE; i++) {
            Person person = stage.contender().person(FIRST + i);
            if (stage.contender().checkup(person, 0).isEmpty()) {
                return List.of();
            }
            clients.add(() ->
                    stage.contender().checkup(person, number.incrementAndGet()).orElseThrow());
        }
        long before = stage.size();
        Outcome rate = stage.rate(RATE, 1, clients);
        double perDocument = (stage.size() - before) / (double) number.get();
        return List.of(rate, Outcome.of(DISK, perDocument / Transactions.size(example(stage.contender()))));
    }

    /** What our gateway makes of one document. */
    public static String example(Contender contender) throws IOException {
        String known = last;
        if (known != null) {
            return known;
        }
        Person person = contender.person(EXAMPLE);
        try (Connection connection = new Connection(contender.port()).keeping()) {
            connection.send(contender.checkup(person, 0).orElseThrow()).orFail("the example");
            byte[] record = connection
                    .send(contender.everything(person))
                    .orFail("the example")
                    .start();
            String made = Transactions.of(record, person.id());
            last = made;
            return made;
        }
    }

    private static @Nullable String last;
}
