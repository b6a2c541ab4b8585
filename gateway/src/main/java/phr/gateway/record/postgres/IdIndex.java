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

    private final IdPages known;

    /** @param before entries of the runs before it */
    private record Run(int number, long before, long entries, int pages) {}

    /** A page of a run, and which of the wanted bits would stand on it: those from one place on, to another. */
    private record Wanted(Run run, int page, int from, int to) {}

    IdIndex(Connection connection, PersonId person, DataKey key) {
        this(connection, person, key, new IdPages());
    }

    /** @param known pages that need not be read; not for a transaction that adds */
    IdIndex(Connection connection, PersonId person, DataKey key, IdPages known) {
        this.connection = connection;
        this.person = person;
        this.key = key;
        this.known = known;
    }

    /** Where to look for any of these ids. */
    Set<Place> places(Set<Integer> bits) throws SQLException {
        return bits.size() == 1 ? places(bits.iterator().next()) : places(sorted(bits));
    }

    private static int[] sorted(Set<Integer> bits) {
        return bits.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    /** For one id, in one statement. */
    private Set<Place> places(int bits) throws SQLException {
        Set<Place> places = new HashSet<>();
        Sql sql = Sql.of(
                "SELECT i.run, i.page, i.body FROM sample_run r JOIN sample_index i ON i.person_id = r.person_id"
                        + " AND i.run = r.run AND i.page = ((?::bigint * r.pages) >> " + IdPage.KEPT + ")::integer"
                        + " WHERE r.person_id = ?",
                (long) bits,
                person.value());
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                page(row).find(bits, places::add);
            }
        }
        return places;
    }

    private Set<Place> places(int[] sorted) throws SQLException {
        Set<Place> places = new HashSet<>();
        List<Wanted> unknown = new ArrayList<>();
        for (Run run : runs()) {
            for (Wanted wanted : wanted(run, sorted)) {
                IdPage page = known.get(name(run, wanted.page()), key);
                if (page == null) {
                    unknown.add(wanted);
                } else {
                    find(page, wanted, sorted, places);
                }
            }
        }
        if (!unknown.isEmpty()) {
            read(unknown, sorted, places);
        }
        return places;
    }

    /** Those pages of a run on which the ids would stand. */
    private static List<Wanted> wanted(Run run, int[] sorted) {
        List<Wanted> wanted = new ArrayList<>();
        for (int from = 0, to; from < sorted.length; from = to) {
            int page = IdPage.of(sorted[from], run.pages());
            for (to = from + 1; to < sorted.length && IdPage.of(sorted[to], run.pages()) == page; ) {
                to++;
            }
            wanted.add(new Wanted(run, page, from, to));
        }
        return wanted;
    }

    private void read(List<Wanted> unknown, int[] sorted, Set<Place> places) throws SQLException {
        Sql sql = Sql.of(
                "SELECT i.run, i.page, i.body, w.number FROM unnest(?, ?) WITH ORDINALITY AS w (run, page, number)"
                        + " JOIN sample_index i ON i.person_id = ? AND i.run = w.run AND i.page = w.page",
                unknown.stream().mapToInt(wanted -> wanted.run().number()).toArray(),
                unknown.stream().mapToInt(Wanted::page).toArray(),
                person.value());
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Wanted wanted = unknown.get(row.getInt(4) - 1);
                IdPage page = page(row);
                known.keep(name(wanted.run(), wanted.page()), key, page);
                find(page, wanted, sorted, places);
            }
        }
    }

    private static void find(IdPage page, Wanted wanted, int[] sorted, Set<Place> places) {
        for (int i = wanted.from(); i < wanted.to(); i++) {
            page.find(sorted[i], places::add);
        }
    }

    private IdPages.Name name(Run run, int page) {
        return new IdPages.Name(person, run.before(), run.entries(), page);
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
        long before = 0;
        Sql sql = Sql.of("SELECT run, entries, pages FROM sample_run WHERE person_id = ? ORDER BY run", person.value());
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Run run = new Run(row.getInt(1), before, row.getLong(2), row.getInt(3));
                runs.add(run);
                before += run.entries();
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
                entries.addAll(page(row).entries());
            }
        }
    }

    private IdPage page(ResultSet row) throws SQLException {
        return new IdPage(key.decrypt(row.getBytes(3), context(person, row.getInt(1), row.getInt(2))));
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
