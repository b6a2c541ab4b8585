package phr.gateway.record.postgres;

import java.sql.SQLException;
import java.util.NoSuchElementException;
import java.util.Optional;
import phr.gateway.database.DatabaseFailure;
import phr.gateway.record.Entry;
import phr.gateway.record.Position;
import phr.gateway.record.Results;

/** No documents, and a connection to give back. */
final class NoRows implements Results {

    private final Lease lease;
    private boolean closed;

    NoRows(Lease lease) {
        this.lease = lease;
    }

    @Override
    public boolean hasNext() {
        return false;
    }

    @Override
    public Entry next() {
        throw new NoSuchElementException();
    }

    @Override
    public Optional<Position> continuation() {
        return Optional.empty();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            lease.close();
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }
}
