package phr.deploy.bench.work;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import phr.deploy.bench.data.HeartRates;
import phr.deploy.bench.report.Outcome;
import phr.deploy.bench.report.Subject;
import phr.deploy.bench.report.Unit;
import phr.deploy.bench.server.GatewayServer;
import phr.deploy.bench.server.Person;

/** Whether reading and writing one record stays as fast while those of others become more: some are written, the rest are copies. */
public final class Growth implements Work {

    private static final int WRITERS = 30;
    private static final int FIRST = 40;
    private static final int OTHERS = 60;
    private static final int LOADERS = 3;
    private static final int COUNT = 500;

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public List<Outcome> measure(Stage stage) throws IOException, SQLException {
        List<Outcome> found = new ArrayList<>();
        if (stage.contender() instanceof GatewayServer gateway
                && !stage.scale().growth().isEmpty()) {
            Person reader = stage.reader();
            int first = stage.scale().growth().get(0);
            int copies = 0;
            int writers = 0;
            grow(stage, first);
            for (int size : stage.scale().growth()) {
                int wanted = size / first - 1;
                stage.copy(others(stage), copies + 1, wanted);
                copies = wanted;
                stage.vacuum();
                // Her own record is to be as small each time.
                int number = WRITERS + writers++;
                Person writer = gateway.person(number);
                HeartRates own =
                        new HeartRates(writer.reference(), HeartRates.Form.TRANSACTION, Stage.IN_BUNDLE, 1, number);
                String with = String.format(Locale.ROOT, "with %,d samples of others: ", size);
                Windows windows = new Windows(stage.scale().observations(), COUNT, 5);
                found.add(stage.median(
                        Subject.noted(with + "search of 500, median", Unit.MILLIS),
                        () -> gateway.search(reader, windows.next(), COUNT)));
                found.add(stage.rate(
                        Subject.noted(with + "ingest of Bundles, 1 connection, Observations", Unit.PER_SECOND),
                        Stage.IN_BUNDLE,
                        List.of(() -> gateway.bundle(writer, own.next()))));
            }
        }
        return found;
    }

    private static List<String> others(Stage stage) throws IOException {
        List<String> others = new ArrayList<>();
        for (int i = 0; i < OTHERS; i++) {
            others.add(stage.contender().person(FIRST + i).id());
        }
        return others;
    }

    /** Each of the others gets as many, several at a time. */
    private static void grow(Stage stage, int more) throws IOException {
        ExecutorService loaders = Executors.newFixedThreadPool(LOADERS);
        try {
            List<Future<Void>> loading = new ArrayList<>();
            for (int i = 0; i < OTHERS; i++) {
                Person person = stage.contender().person(FIRST + i);
                loading.add(loaders.submit(() -> {
                    stage.load(person, more / OTHERS, 1);
                    return null;
                }));
            }
            for (Future<Void> one : loading) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("filling a record", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("filling a record", e);
        } finally {
            loaders.shutdownNow();
        }
    }
}
