package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.record.postgres.IdIndex.Run;
import phr.gateway.record.series.IdPage;

/** Entries of several runs of the index in one order, read a few pages at a time; the caller has a transaction. */
final class MergedRuns implements AutoCloseable {

    private final Connection connection;
    private final PersonId person;
    private final IdIndex index;
    private final PriorityQueue<Source> sources = new PriorityQueue<>(Comparator.comparingInt(Source::bits));

    /** @param entries sorted */
    MergedRuns(Connection connection, PersonId person, IdIndex index, List<IdPage.Entry> entries) throws SQLException {
        this.connection = connection;
        this.person = person;
        this.index = index;
        add(new Source(null, null, entries.iterator()));
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
            add(new Source(select, select.executeQuery(), Collections.emptyIterator()));
        } catch (SQLException | RuntimeException e) {
            select.close();
            throw e;
        }
    }

    private void add(Source source) throws SQLException {
        if (source.advance()) {
            sources.add(source);
        } else {
            source.close();
        }
    }

    boolean hasNext() {
        return !sources.isEmpty();
    }

    /** Bits of the next entry. */
    int peek() {
        return first().bits();
    }

    IdPage.Entry next() throws SQLException {
        Source source = first();
        IdPage.Entry entry = source.entry();
        sources.remove();
        add(source);
        return entry;
    }

    private Source first() {
        Source source = sources.peek();
        if (source == null) {
            throw new NoSuchElementException();
        }
        return source;
    }

    @Override
    public void close() throws SQLException {
        for (Source source : sources) {
            source.close();
        }
    }

    /** The entries of one run, or those that are new. */
    private final class Source {

        private final @Nullable PreparedStatement statement;
        private final @Nullable ResultSet pages;
        private Iterator<IdPage.Entry> page;
        private IdPage.@Nullable Entry entry;

        Source(@Nullable PreparedStatement statement, @Nullable ResultSet pages, Iterator<IdPage.Entry> page) {
            this.statement = statement;
            this.pages = pages;
            this.page = page;
        }

        IdPage.Entry entry() {
            if (entry == null) {
                throw new NoSuchElementException();
            }
            return entry;
        }

        int bits() {
            return entry().bits();
        }

        /** @return false at the end */
        boolean advance() throws SQLException {
            while (!page.hasNext() && pages != null && pages.next()) {
                page = index.page(pages).entries().iterator();
            }
            entry = page.hasNext() ? page.next() : null;
            return entry != null;
        }

        /** Closes what it reads too. */
        void close() throws SQLException {
            if (statement != null) {
                statement.close();
            }
        }
    }
}
