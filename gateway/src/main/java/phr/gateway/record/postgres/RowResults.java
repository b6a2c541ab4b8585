package phr.gateway.record.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phr.consent.Permit;
import phr.consent.StalePermitException;
import phr.gateway.database.DatabaseFailure;
import phr.gateway.record.Entry;
import phr.gateway.record.Position;
import phr.gateway.record.Query;
import phr.gateway.record.Query.Order;
import phr.gateway.record.Results;

/** Rows as they come from the server, a few hundred in memory; the permit is confirmed again with each few hundred. */
final class RowResults implements Results {

    static final int FETCH = 500;

    private final Lease lease;
    private final PreparedStatement statement;
    private final ResultSet rows;
    private final EntryReader reader;
    private final Standing standing;
    private final Permit permit;
    private final int limit;
    private final Order order;
    private final ValueFilter values;

    private int given;
    private int read;
    private @Nullable Entry found;
    private boolean onRow;
    private boolean ended;
    private boolean closed;
    private @Nullable Position last;

    /** @param limit page size; 0 = none */
    RowResults(Lease lease, Sql sql, EntryReader reader, Standing standing, Permit permit, int limit, Query query)
            throws SQLException {
        this.lease = lease;
        this.reader = reader;
        this.standing = standing;
        this.permit = permit;
        this.limit = limit;
        this.order = query.order();
        this.values = new ValueFilter(query.values());
        this.statement = sql.prepare(lease.connection());
        try {
            statement.setFetchSize(FETCH);
            this.rows = statement.executeQuery();
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    @Override
    public boolean hasNext() {
        try {
            advance();
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
        return onRow && (limit == 0 || given < limit);
    }

    @Override
    public Entry next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        try {
            Entry entry = found == null ? reader.entry(rows) : found;
            found = null;
            last = EntryReader.position(rows, order);
            onRow = false;
            given++;
            return entry;
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    /** The row after a full page is fetched only to know that there is one. */
    @Override
    public Optional<Position> continuation() {
        return limit > 0 && !hasNext() && onRow ? Optional.ofNullable(last) : Optional.empty();
    }

    private void advance() throws SQLException {
        if (onRow || ended) {
            return;
        }
        do {
            if (read > 0 && read % FETCH == 0) {
                confirm();
            }
            onRow = rows.next();
            read++;
            found = onRow && !values.none() ? reader.entry(rows) : null;
        } while (found != null && !values.matches(found));
        if (!onRow) {
            ended = true;
            // an answer that ended early because the permit fell must not look complete
            confirm();
        }
    }

    private void confirm() throws SQLException {
        if (standing.confirm(lease.connection(), permit).isEmpty()) {
            throw new StalePermitException();
        }
    }

    /** Closes without giving the lease back. */
    void abandon() throws SQLException {
        closed = true;
        try (statement;
                rows) {
            ended = true;
        }
    }

    /** The second time it does nothing: the connection may belong to somebody else by then. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (lease;
                statement;
                rows) {
            ended = true;
            onRow = false;
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }
}
