package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKey;
import phr.gateway.record.postgres.IdIndex.Run;
import phr.gateway.record.series.IdEntries;
import phr.gateway.record.series.IdPage;

/**
 * Adds to the index of ids. Entries are only added: a new run of sorted pages, merged with older ones that are not much larger, so that
 * there are few runs and each entry is written few times. Of the runs a few pages are in memory, however long a life they
 * index.
 */
final class IdRuns {

    /** Entries of a run that is not written anew without need. */
    private static final int LARGE = 100_000;

    private final Connection connection;
    private final PersonId person;
    private final DataKey key;
    private final IdIndex index;

    IdRuns(Connection connection, PersonId person, DataKey key) {
        this.connection = connection;
        this.person = person;
        this.key = key;
        this.index = new IdIndex(connection, person, key, new KnownIds());
    }

    /** A run whose pages are written, though nobody finds them yet. */
    record Merged(int number, long entries, int pages, List<Run> older) {}

    /** What takes long; for this the caller holds the lock of compactions only. */
    Merged merge(IdEntries entries) throws SQLException {
        List<Run> runs = index.runs();
        int number = runs.isEmpty() ? 1 : runs.get(runs.size() - 1).number() + 1;
        long count = entries.size();
        List<Run> older = new ArrayList<>();
        for (int i = runs.size() - 1; i >= 0 && runs.get(i).entries() <= growth(count) * count; i--) {
            older.add(runs.get(i));
            count += runs.get(i).entries();
        }
        try (MergedRuns all = new MergedRuns(connection, person, index, entries.sorted())) {
            for (Run run : older) {
                all.open(run);
            }
            return new Merged(number, count, write(number, count, all), older);
        }
    }

    /** Puts the run in the place of those that it holds. The caller holds the person's lock. */
    void replace(Merged run) throws SQLException {
        Sql sql = Sql.of(
                "INSERT INTO sample_run (person_id, run, entries, pages) VALUES (?, ?, ?, ?)",
                person.value(),
                run.number(),
                run.entries(),
                run.pages());
        try (PreparedStatement insert = sql.prepare(connection)) {
            insert.executeUpdate();
        }
        for (Run older : run.older()) {
            delete(older.number());
        }
    }

    /** A run is merged with the one before when that is at most so many times as large. */
    private static int growth(long entries) {
        return entries < LARGE ? 3 : 1;
    }

    /** @return how many pages */
    private int write(int number, long count, MergedRuns entries) throws SQLException {
        int pages = Math.max(1, Math.toIntExact((count + IdPage.ENTRIES - 1) / IdPage.ENTRIES));
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO sample_index (person_id, run, page, body) VALUES (?, ?, ?, ?)")) {
            IdEntries on = new IdEntries(IdPage.ENTRIES);
            for (int page = 0; page < pages; page++) {
                on.clear();
                entries.take(page, pages, on);
                insert.setObject(1, person.value());
                insert.setInt(2, number);
                insert.setInt(3, page);
                insert.setBytes(4, key.encrypt(IdPage.encode(on), IdIndex.context(person, number, page)));
                insert.addBatch();
                if ((page + 1) % IdIndex.FETCH == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
        return pages;
    }

    private void delete(int number) throws SQLException {
        for (String table : List.of("sample_index", "sample_run")) {
            Sql sql = Sql.of("DELETE FROM " + table + " WHERE person_id = ? AND run = ?", person.value(), number);
            try (PreparedStatement delete = sql.prepare(connection)) {
                delete.executeUpdate();
            }
        }
    }
}
