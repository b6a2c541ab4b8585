package phr.gateway.record.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKey;
import phr.gateway.record.series.IdPage;
import phr.gateway.record.series.Marks;
import phr.gateway.record.series.Place;

/** From ids of settled samples to places: runs of sorted pages, which {@link IdRuns} writes. */
final class IdIndex {

    /** Pages that the database hands over at a time, where there is a transaction. */
    static final int FETCH = 64;

    /** So many pages of a run too large to be remembered whole one request may have remembered. */
    private static final int LEARNT = 1_000;

    private final Connection connection;
    private final PersonId person;
    private final DataKey key;

    private final KnownIds known;

    /** @param before entries of the runs before it */
    record Run(int number, long before, long entries, int pages) {}

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
     * @param id what is kept of it
     * @param content of her chunks, as the caller has seen it; null when that is not known
     */
    Set<Place> place(long id, @Nullable Long content) throws SQLException {
        List<Run> runs = content == null ? null : known.runs(person, content);
        Set<Place> places = runs == null ? null : known(runs, id);
        return places == null ? place(id) : places;
    }

    /** Null when a page of it is not known. */
    private @Nullable Set<Place> known(List<Run> runs, long id) {
        Set<Place> places = new HashSet<>();
        for (Run run : runs) {
            KnownIds.Pages there = known.pages(name(run), key);
            IdPage page = there == null ? null : there.pages()[IdPage.of(id, run.pages())];
            if (page == null) {
                return null;
            }
            page.find(id, places::add);
        }
        return places;
    }

    private Set<Place> place(long id) throws SQLException {
        Sql sql = Sql.of(
                "SELECT r.run, r.entries, r.pages, i.page, i.body, h.content FROM series_head h"
                        + " LEFT JOIN (sample_run r JOIN sample_index i ON i.person_id = r.person_id AND i.run = r.run"
                        + " AND i.page = ((?::bigint * r.pages) >> " + IdPage.ORDERED + ")::integer)"
                        + " ON r.person_id = h.person_id WHERE h.person_id = ? ORDER BY r.run",
                (long) IdPage.bits(id),
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
                    page.find(id, places::add);
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
     * @param sorted what is kept of the ids
     * @param content of her chunks, as the caller has seen it; null when that is not known
     */
    Set<Place> places(long[] sorted, @Nullable Long content) throws SQLException {
        List<Run> before = content == null ? null : known.runs(person, content);
        List<Run> runs = before == null ? runs() : before;
        while (true) {
            Set<Place> places = new HashSet<>();
            Map<Run, @Nullable IdPage[]> learnt = new HashMap<>();
            boolean read = false;
            for (Run run : runs) {
                read |= find(run, sorted, places, learnt);
            }
            // Who reads does not hold the lock: a run that was merged meanwhile has other pages.
            List<Run> now = read ? runs() : runs;
            if (now.equals(runs)) {
                learnt.forEach((run, pages) -> known.keep(name(run), key, pages));
                return places;
            }
            runs = now;
        }
    }

    /**
     * What one run says.
     *
     * @param learnt takes the pages that are to be remembered
     * @return whether the database was asked
     */
    private boolean find(Run run, long[] sorted, Set<Place> places, Map<Run, @Nullable IdPage[]> learnt)
            throws SQLException {
        KnownIds.Pages there = known.pages(name(run), key);
        Marks marks = there == null ? null : there.marks();
        int[] asked = new int[sorted.length];
        int count = 0;
        for (long id : sorted) {
            if (marks != null && !marks.test(id)) {
                continue;
            }
            int number = IdPage.of(id, run.pages());
            IdPage page = there == null ? null : there.pages()[number];
            if (page != null) {
                page.find(id, places::add);
            } else if (count == 0 || asked[count - 1] != number) {
                asked[count++] = number;
            }
        }
        int[] missing = Arrays.copyOf(asked, count);
        if (missing.length == 0) {
            return false;
        }
        @Nullable
        IdPage[] pages = there == null ? new IdPage[run.pages()] : there.pages().clone();
        boolean learning = run.pages() <= KnownIds.MOST_PAGES || missing.length <= LEARNT;
        try (PreparedStatement select = pages(run, missing).prepare(connection)) {
            select.setFetchSize(FETCH);
            int next = 0;
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    int number = row.getInt(2);
                    IdPage page = page(row);
                    while (next < sorted.length && IdPage.of(sorted[next], run.pages()) <= number) {
                        if (IdPage.of(sorted[next], run.pages()) == number) {
                            page.find(sorted[next], places::add);
                        }
                        next++;
                    }
                    pages[number] = learning ? page : null;
                }
            }
        }
        if (learning) {
            learnt.put(run, pages);
        }
        return true;
    }

    private Sql pages(Run run, int[] numbers) {
        return Sql.of(
                "SELECT run, page, body FROM sample_index WHERE person_id = ? AND run = ? AND page = ANY (?)"
                        + " ORDER BY page",
                person.value(),
                run.number(),
                numbers);
    }

    private KnownIds.Run name(Run run) {
        return new KnownIds.Run(person, run.before(), run.entries());
    }

    /** From the oldest to the newest. */
    List<Run> runs() throws SQLException {
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

    /** @param row with run, page and body */
    IdPage page(ResultSet row) throws SQLException {
        return page(row.getInt(1), row.getInt(2), row.getBytes(3));
    }

    private IdPage page(int run, int page, byte[] body) {
        return new IdPage(key.decrypt(body, context(person, run, page)));
    }

    /** Binds a page to its place. */
    static byte[] context(PersonId person, int run, int page) {
        return (person + "|ids|" + run + "|" + page).getBytes(StandardCharsets.US_ASCII);
    }
}
