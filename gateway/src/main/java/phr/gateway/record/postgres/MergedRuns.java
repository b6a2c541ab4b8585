package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.record.postgres.IdIndex.Run;
import phr.gateway.record.series.IdEntries;
import phr.gateway.record.series.IdPage;

/** Entries of several runs of the index in one order, read a few pages at a time; the caller has a transaction. */
final class MergedRuns implements AutoCloseable {

    private final Connection connection;
    private final PersonId person;
    private final IdIndex index;
    private final IdEntries added;
    private final List<Source> sources = new ArrayList<>();
    private int next;
    private @Nullable Source least;

    /** @param added sorted */
    MergedRuns(Connection connection, PersonId person, IdIndex index, IdEntries added) {
        this.connection = connection;
        this.person = person;
        this.index = index;
        this.added = added;
    }

    /** One run more, before the first entry is taken. */
    void open(Run run) throws SQLException {
        Sql sql = Sql.of(
                "SELECT run, page, body FROM sample_index WHERE person_id = ? AND run = ? ORDER BY page",
                person.value(),
                run.number());
        PreparedStatement select = sql.prepare(connection);
        try {
            select.setFetchSize(IdIndex.FETCH);
            sources.add(new Source(select, select.executeQuery()));
        } catch (SQLException | RuntimeException e) {
            select.close();
            throw e;
        }
    }

    /**
     * Adds the entries of one page to others.
     *
     * @param pages of the run that is written
     */
    void take(int page, int pages, IdEntries to) throws SQLException {
        for (long id = peek(); id >= 0 && IdPage.of(id, pages) == page; id = peek()) {
            if (least == null) {
                to.add(id, added.series(next), added.stretch(next));
                next++;
            } else {
                least.take(to);
            }
        }
    }

    /** What is kept of the next id; negative at the end. There are few runs, so one looks at all. */
    private long peek() throws SQLException {
        long id = next < added.size() ? added.id(next) : -1;
        least = null;
        for (Source source : sources) {
            long other = source.peek();
            if (other >= 0 && (id < 0 || other < id)) {
                id = other;
                least = source;
            }
        }
        return id;
    }

    @Override
    public void close() throws SQLException {
        for (Source source : sources) {
            source.close();
        }
    }

    /** The entries of one run. */
    private final class Source {

        private final PreparedStatement statement;
        private final ResultSet pages;
        private @Nullable IdPage page;
        private int at;

        Source(PreparedStatement statement, ResultSet pages) {
            this.statement = statement;
            this.pages = pages;
        }

        /** Negative at the end. */
        long peek() throws SQLException {
            while (page == null || at == page.size()) {
                if (!pages.next()) {
                    page = null;
                    return -1;
                }
                page = index.page(pages);
                at = 0;
            }
            return page.kept(at);
        }

        void take(IdEntries to) {
            if (page != null) {
                page.addTo(to, at++);
            }
        }

        /** Closes what it reads too. */
        void close() throws SQLException {
            statement.close();
        }
    }
}
