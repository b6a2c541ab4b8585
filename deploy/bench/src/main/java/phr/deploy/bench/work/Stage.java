package phr.deploy.bench.work;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import phr.deploy.bench.data.HeartRates;
import phr.deploy.bench.http.Call;
import phr.deploy.bench.http.Connection;
import phr.deploy.bench.http.Crowd;
import phr.deploy.bench.http.Round;
import phr.deploy.bench.report.Outcome;
import phr.deploy.bench.report.Subject;
import phr.deploy.bench.server.Contender;
import phr.deploy.bench.server.Person;
import phr.deploy.bench.usage.Database;
import phr.deploy.bench.usage.Expense;
import phr.deploy.bench.usage.Meter;

/** Where works are done: one server, its data, and the way to measure. */
public final class Stage {

    static final int IN_BUNDLE = 100;
    private static final int IN_FILE = 1_000;
    private static final int READER = 0;

    private final Contender contender;
    private final Database database;
    private final Scale scale;
    private final Meter meter;
    private final Map<String, HeartRates> loading = new ConcurrentHashMap<>();
    private @Nullable Person reader;

    public Stage(Contender contender, Database database, Scale scale) throws IOException {
        this.contender = contender;
        this.database = database;
        this.scale = scale;
        this.meter = new Meter(contender.pid(), database.pid());
    }

    Contender contender() {
        return contender;
    }

    Scale scale() {
        return scale;
    }

    /** Fills the record that is read; by that the server gets warm before anything is measured. */
    public void prepare() throws IOException {
        reader();
    }

    /** A person whose record holds {@link Scale#observations} heart rates, one a minute. */
    Person reader() throws IOException {
        if (reader == null) {
            Person person = contender.person(READER);
            load(person, scale.observations(), 1);
            reader = person;
        }
        return reader;
    }

    /** Adds so many heart rates to a record, not measured; a second call goes on after the first. */
    void load(Person person, int observations, int minutes) throws IOException {
        boolean lines = contender.lines(person, new byte[0]).isPresent();
        HeartRates rates = loading.computeIfAbsent(
                person.id(),
                id -> lines
                        ? new HeartRates(person.reference(), HeartRates.Form.NDJSON, IN_FILE, minutes, 1)
                        : new HeartRates(person.reference(), HeartRates.Form.TRANSACTION, IN_BUNDLE, minutes, 1));
        long until = rates.made() + observations;
        try (Connection connection = new Connection(contender.port())) {
            while (rates.made() < until) {
                byte[] next = rates.next();
                Call call = lines ? contender.lines(person, next).orElseThrow() : contender.bundle(person, next);
                connection.send(call).orFail("filling a record");
            }
        }
    }

    /** Units a second, done by clients that keep busy. */
    Outcome rate(Subject subject, int unitsPerCall, List<Supplier<Call>> clients) throws IOException, SQLException {
        return rounds(subject, unitsPerCall, clients, round -> round.perSecond(unitsPerCall));
    }

    /** Median time of a call of a single client. */
    Outcome median(Subject subject, Supplier<Call> client) throws IOException, SQLException {
        return rounds(subject, 1, List.of(client), Round::medianMillis);
    }

    private Outcome rounds(
            Subject subject, int unitsPerCall, List<Supplier<Call>> clients, ToDoubleFunction<Round> value)
            throws IOException, SQLException {
        Crowd.busy(contender.port(), scale.warmUp(), clients);
        database.settle();
        List<Double> values = new ArrayList<>();
        double done = 0;
        Expense start = meter.now();
        for (int i = 0; i < scale.rounds(); i++) {
            Round round = Crowd.busy(contender.port(), scale.round(), clients);
            if (round.failures() > 0) {
                throw new IOException(subject.name() + ": " + round.failures() + " calls failed");
            }
            values.add(value.applyAsDouble(round));
            done += round.calls() * (double) unitsPerCall;
        }
        return outcome(subject, values, done, meter.since(start));
    }

    /** What something costs that does not fit into rounds. */
    Expense now() {
        return meter.now();
    }

    Expense since(Expense start) {
        return meter.since(start);
    }

    static Outcome outcome(Subject subject, List<Double> values, double done, Expense expense) {
        List<Double> ordered = new ArrayList<>(values);
        Collections.sort(ordered);
        String spread = String.format(Locale.ROOT, "%.1f–%.1f", ordered.get(0), ordered.get(ordered.size() - 1));
        return new Outcome(subject, ordered.get(ordered.size() / 2), spread, done, expense);
    }

    /** Lets the database do the housekeeping that is due. */
    void vacuum() throws SQLException {
        database.vacuum(contender.database());
    }

    /** Copies of the records of some under ids of nobody, from one number to another. */
    void copy(List<String> persons, int from, int to) throws SQLException {
        try (java.sql.Connection connection = database.connect(contender.database())) {
            new Copies(connection, persons).make(from, to);
        }
    }

    /** Bytes that the data of this server take. */
    long size() throws SQLException {
        return database.size(contender.database());
    }

    static double median(double... values) {
        double[] ordered = values.clone();
        Arrays.sort(ordered);
        return ordered[ordered.length / 2];
    }
}
