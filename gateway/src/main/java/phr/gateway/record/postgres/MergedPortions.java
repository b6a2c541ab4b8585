package phr.gateway.record.postgres;

import java.sql.SQLException;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phr.consent.Permit;
import phr.consent.StalePermitException;
import phr.gateway.database.DatabaseFailure;
import phr.gateway.keys.DataKey;
import phr.gateway.record.Entry;
import phr.gateway.record.Portion;
import phr.gateway.record.Portions;
import phr.gateway.record.Query.Order;
import phr.gateway.record.Results;
import phr.gateway.record.choice.Priority;

/** Documents and sums of samples by time; the permit is confirmed again every few hundred sums. */
final class MergedPortions implements Portions {

    private static final int CONFIRMED = 500;

    private final Results documents;
    private final @Nullable PortionCursor samples;
    private final Lease lease;
    private final Standing standing;
    private final Permit permit;
    private @Nullable Entry document;
    private int given;
    private boolean ended;
    private boolean closed;

    /**
     * @param documents oldest first; gives the lease back
     * @param samples null when there are none
     */
    MergedPortions(Results documents, @Nullable PortionCursor samples, Lease lease, Standing standing, Permit permit) {
        this.documents = documents;
        this.samples = samples;
        this.lease = lease;
        this.standing = standing;
        this.permit = permit;
    }

    @Override
    public boolean hasNext() {
        if (ended) {
            return false;
        }
        try {
            if (document == null && documents.hasNext()) {
                document = documents.next();
            }
            ended = document == null && from() == Long.MAX_VALUE;
            if (ended) {
                // an answer that ended early because the permit fell must not look complete
                confirm();
            }
            return !ended;
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    private long from() throws SQLException {
        return samples == null ? Long.MAX_VALUE : samples.from();
    }

    @Override
    public Portion next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        try {
            Entry first = document;
            if (first != null && SampleOrder.of(first, Order.OLDEST).time() <= from()) {
                document = null;
                return Portion.of(first);
            }
            if (++given % CONFIRMED == 0) {
                confirm();
            }
            return Objects.requireNonNull(Objects.requireNonNull(samples).next());
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    @Override
    public Priority priority() {
        try {
            Optional<DataKey> key = standing.confirm(lease.connection(), permit);
            return key.isEmpty()
                    ? Priority.DEFAULT
                    : new SourceOrder(lease.connection(), permit.subject(), key.get()).read();
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    private void confirm() throws SQLException {
        if (standing.confirm(lease.connection(), permit).isEmpty()) {
            throw new StalePermitException();
        }
    }

    /** The second time it does nothing: the connection may belong to somebody else by then. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        ended = true;
        try (documents;
                samples) {
            document = null;
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }
}
