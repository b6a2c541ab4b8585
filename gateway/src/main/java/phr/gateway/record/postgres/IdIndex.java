package phr.gateway.record.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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

    private final KnownIds known;

    /** @param before entries of the runs before it */
    record Run(int number, long before, long entries, int pages) {}

    IdIndex(Connection connection, PersonId person, DataKey key) {
        this(connection, person, key, new KnownIds());
    }

    /** @param known pages that need not be read; not for a transaction that adds */
    IdIndex(Connection connection, PersonId person, DataKey key, KnownIds known) {
        this.connection = connection;
        this.person = person;
        this.key = key;
        this.known = known;
    }

    /**
     * Where to look for one id, from memory as long as the index does not change.
     *
     * @param bits of the id
     * @param content of her chunks, as the caller has seen it; null when that is not known
     */
    Set<Place> place(int bits, @Nullable Long content) throws SQLException {
        List<Run> runs = content == null ? null : known.runs(person, content);
        Set<Place> places = runs == null ? null : known(runs, bits);
        return places == null ? place(bits) : places;
    }

    /** Null when a page of it is not known. */
    private @Nullable Set<Place> known(List<Run> runs, int bits) {
        Set<Place> places = new HashSet<>();
        for (Run run : runs) {
            @Nullable IdPage @Nullable [] pages = known.pages(name(run), key);
            IdPage page = pages == null ? null : pages[IdPage.of(bits, run.pages())];
            if (page == null) {
                return null;
            }
            page.find(bits, places::add);
        }
        return places;
    }

    private Set<Place> place(int bits) throws SQLException {
        Sql sql = Sql.of(
                "SELECT r.run, r.entries, r.pages, i.page, i.body, h.content FROM series_head h"
                        + " LEFT JOIN (sample_run r JOIN sample_index i ON i.person_id = r.person_id AND i.run = r.run"
                        + " AND i.page = ((?::bigint * r.pages) >> " + IdPage.KEPT + ")::integer)"
                        + " ON r.person_id = h.person_id WHERE h.person_id = ? ORDER BY r.run",
                (long) bits,
                person.value());
        Set<Place> places = new HashSet<>();
        List<Run> runs = new ArrayList<>();
        long before = 0;
        long content = 0;
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                content = row.getLong(6);
                if (row.getObject(1) != null) {
                    Run run = new Run(row.getInt(1), before, row.getLong(2), row.getInt(3));
                    IdPage page = page(run.number(), row.getInt(4), row.getBytes(5));
                    page.find(bits, places::add);
                    known.add(name(run), key, run.pages(), row.getInt(4), page);
                    runs.add(run);
                    before += run.entries();
                }
            }
        }
        known.keepRuns(person, content, runs);
        return places;
    }

    /**
     * Where to look for any of these ids.
     *
     * @param sorted bits of the ids
     * @param content of her chunks, as the caller has seen it; null when that is not known
     */
    Set<Place> places(int[] sorted, @Nullable Long content) throws SQLException {
        List<Run> before = content == null ? null : known.runs(person, content);
        List<Run> runs = before == null ? runs() : before;
        while (true) {
            Map<Run, @Nullable IdPage[]> pages = new HashMap<>();
            boolean read = false;
            for (Run run : runs) {
                @Nullable IdPage @Nullable [] there = known.pages(name(run), key);
                @Nullable IdPage[] wanted = pages(run, sorted, there);
                read |= wanted != there;
                pages.put(run, wanted);
            }
            // Who reads does not hold the lock: a run that was merged meanwhile has other pages.
            List<Run> now = read ? runs() : runs;
            if (now.equals(runs)) {
                if (read) {
                    pages.forEach((run, all) -> known.keep(name(run), key, all));
                }
                return find(pages, sorted);
            }
            runs = now;
        }
    }

    private static Set<Place> find(Map<Run, @Nullable IdPage[]> pages, int[] sorted) {
        Set<Place> places = new HashSet<>();
        pages.forEach((run, all) -> {
            for (int bits : sorted) {
                Objects.requireNonNull(all[IdPage.of(bits, run.pages())], "a page of the run")
                        .find(bits, places::add);
            }
        });
        return places;
    }

    private KnownIds.Run name(Run run) {
        return new KnownIds.Run(person, run.before(), run.entries());
    }

    /** The pages of a run; those on which the ids would stand are there. The known ones themselves, when nothing is missing. */
    private @Nullable IdPage[] pages(Run run, int[] sorted, @Nullable IdPage @Nullable [] before) throws SQLException {
        int[] missing = Arrays.stream(sorted)
                .map(bits -> IdPage.of(bits, run.pages()))
                .distinct()
                .filter(page -> before == null || before[page] == null)
                .toArray();
        if (before != null && missing.length == 0) {
            return before;
        }
        @Nullable IdPage[] pages = before == null ? new IdPage[run.pages()] : before.clone();
        Sql sql = Sql.of(
                "SELECT run, page, body FROM sample_index WHERE person_id = ? AND run = ? AND page = ANY (?)",
                person.value(),
                run.number(),
                missing);
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                pages[row.getInt(2)] = page(row);
            }
        }
        return pages;
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
        long content = 0;
        Sql sql = Sql.of(
                "SELECT r.run, r.entries, r.pages, h.content FROM series_head h"
                        + " LEFT JOIN sample_run r ON r.person_id = h.person_id WHERE h.person_id = ? ORDER BY r.run",
                person.value());
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                content = row.getLong(4);
                if (row.getObject(1) != null) {
                    Run run = new Run(row.getInt(1), before, row.getLong(2), row.getInt(3));
                    runs.add(run);
                    before += run.entries();
                }
            }
        }
        known.keepRuns(person, content, runs);
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
        return page(row.getInt(1), row.getInt(2), row.getBytes(3));
    }

    private IdPage page(int run, int page, byte[] body) {
        return new IdPage(key.decrypt(body, context(person, run, page)));
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
