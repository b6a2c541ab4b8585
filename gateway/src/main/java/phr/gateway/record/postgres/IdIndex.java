package phr.gateway.record.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKey;
import phr.gateway.record.series.IdPage;
import phr.gateway.record.series.Place;
import phr.gateway.record.series.Sought;

/**
 * From ids of settled samples to places. Entries are only added: a new run of sorted pages, merged with older ones that are not
 * much larger, so that there are few runs and each entry is written few times.
 */
final class IdIndex {

    /** A run is merged with the one before when that is at most so many times as large. */
    private static final int GROWTH = 3;

    private static final Comparator<IdPage.Entry> ORDER = Comparator.comparingInt(IdPage.Entry::bits);

    private final Connection connection;
    private final PersonId person;
    private final DataKey key;

    private record Run(int number, long entries, int pages) {}

    IdIndex(Connection connection, PersonId person, DataKey key) {
        this.connection = connection;
        this.person = person;
        this.key = key;
    }

    /** Where to look for any of these ids. */
    Set<Place> places(Set<Integer> bits) throws SQLException {
        Set<Place> places = new HashSet<>();
        Sought wanted = new Sought(bits);
        try (PreparedStatement select = pages(bits).prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                IdPage.find(plain(row), wanted, places::add);
            }
        }
        return places;
    }

    /** Those pages of all runs on which the ids would stand. */
    private Sql pages(Set<Integer> bits) throws SQLException {
        if (bits.size() == 1) {
            return Sql.of(
                    "SELECT i.run, i.page, i.body FROM sample_run r JOIN sample_index i ON i.person_id = r.person_id"
                            + " AND i.run = r.run AND i.page = ((?::bigint * r.pages) >> " + IdPage.KEPT + ")::integer"
                            + " WHERE r.person_id = ?",
                    (long) bits.iterator().next(),
                    person.value());
        }
        List<Integer> numbers = new ArrayList<>();
        List<Integer> pages = new ArrayList<>();
        for (Run run : runs()) {
            bits.stream().map(b -> IdPage.of(b, run.pages())).distinct().forEach(page -> {
                numbers.add(run.number());
                pages.add(page);
            });
        }
        return Sql.of(
                "SELECT i.run, i.page, i.body FROM unnest(?, ?) AS w (run, page) JOIN sample_index i ON i.person_id = ?"
                        + " AND i.run = w.run AND i.page = w.page",
                numbers.stream().mapToInt(Integer::intValue).toArray(),
                pages.stream().mapToInt(Integer::intValue).toArray(),
                person.value());
    }

    /** The caller holds the person's lock. */
    void add(List<IdPage.Entry> entries) throws SQLException {
        List<IdPage.Entry> all = new ArrayList<>(entries);
        List<Run> runs = runs();
        int number = runs.isEmpty() ? 1 : runs.get(runs.size() - 1).number() + 1;
        for (int i = runs.size() - 1; i >= 0 && runs.get(i).entries() <= (long) GROWTH * all.size(); i--) {
            read(runs.get(i), all);
            number = runs.get(i).number();
            delete(number);
        }
        all.sort(ORDER);
        write(number, all);
    }

    private List<Run> runs() throws SQLException {
        List<Run> runs = new ArrayList<>();
        Sql sql = Sql.of("SELECT run, entries, pages FROM sample_run WHERE person_id = ? ORDER BY run", person.value());
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                runs.add(new Run(row.getInt(1), row.getLong(2), row.getInt(3)));
            }
        }
        return runs;
    }

    private void read(Run run, List<IdPage.Entry> entries) throws SQLException {
        Sql sql = Sql.of(
                "SELECT run, page, body FROM sample_index WHERE person_id = ? AND run = ?",
                person.value(),
                run.number());
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                entries.addAll(page(row));
            }
        }
    }

    private List<IdPage.Entry> page(ResultSet row) throws SQLException {
        return IdPage.decode(plain(row));
    }

    private byte[] plain(ResultSet row) throws SQLException {
        return key.decrypt(row.getBytes(3), context(person, row.getInt(1), row.getInt(2)));
    }

    /** Binds a page to its place. */
    static byte[] context(PersonId person, int run, int page) {
        return (person + "|ids|" + run + "|" + page).getBytes(StandardCharsets.US_ASCII);
    }

    private void delete(int run) throws SQLException {
        for (String table : List.of("sample_index", "sample_run")) {
            Sql sql = Sql.of("DELETE FROM " + table + " WHERE person_id = ? AND run = ?", person.value(), run);
            try (PreparedStatement delete = sql.prepare(connection)) {
                delete.executeUpdate();
            }
        }
    }

    private void write(int run, List<IdPage.Entry> entries) throws SQLException {
        int pages = Math.max(1, (entries.size() + IdPage.ENTRIES - 1) / IdPage.ENTRIES);
        Sql sql = Sql.of(
                "INSERT INTO sample_run (person_id, run, entries, pages) VALUES (?, ?, ?, ?)",
                person.value(),
                run,
                (long) entries.size(),
                pages);
        try (PreparedStatement insert = sql.prepare(connection)) {
            insert.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO sample_index (person_id, run, page, body) VALUES (?, ?, ?, ?)")) {
            int from = 0;
            for (int page = 0; page < pages; page++) {
                int to = from;
                while (to < entries.size() && IdPage.of(entries.get(to).bits(), pages) == page) {
                    to++;
                }
                insert.setObject(1, person.value());
                insert.setInt(2, run);
                insert.setInt(3, page);
                insert.setBytes(4, key.encrypt(IdPage.encode(entries.subList(from, to)), context(person, run, page)));
                insert.addBatch();
                from = to;
            }
            insert.executeBatch();
        }
    }
}
