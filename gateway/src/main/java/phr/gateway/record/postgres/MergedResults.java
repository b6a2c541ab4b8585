package phr.gateway.record.postgres;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phr.consent.Permit;
import phr.consent.StalePermitException;
import phr.gateway.database.DatabaseFailure;
import phr.gateway.record.Entry;
import phr.gateway.record.Position;
import phr.gateway.record.Query;
import phr.gateway.record.Results;

/** Documents and packed samples in one order; the permit is confirmed again every few thousand samples. */
final class MergedResults implements Results {

    private static final int CONFIRMED = 4_000;

    /** Samples in order. */
    interface Hits extends AutoCloseable {
        /** The next one without taking it; null behind the last. */
        @Nullable
        Hit peek() throws SQLException;

        void take() throws SQLException;

        @Override
        void close() throws SQLException;
    }

    private final Results documents;
    private final Hits samples;
    private final Lease lease;
    private final Standing standing;
    private final Permit permit;
    private final Query query;
    private final Comparator<SampleOrder> order;
    private @Nullable Entry document;
    private @Nullable SampleOrder last;
    private int given;
    private int unconfirmed;
    private boolean ended;
    private boolean closed;

    /** @param documents without a limit of their own; gives the lease back */
    MergedResults(Results documents, Hits samples, Lease lease, Standing standing, Permit permit, Query query) {
        this.documents = documents;
        this.samples = samples;
        this.lease = lease;
        this.standing = standing;
        this.permit = permit;
        this.query = query;
        this.order = SampleOrder.of(query.order());
    }

    @Override
    public boolean hasNext() {
        return more() && (query.count() == 0 || given < query.count());
    }

    private boolean more() {
        if (ended) {
            return false;
        }
        try {
            if (document == null && documents.hasNext()) {
                document = documents.next();
            }
            boolean more = document != null || samples.peek() != null;
            if (!more) {
                ended = true;
                // an answer that ended early because the permit fell must not look complete
                confirm();
            }
            return more;
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    @Override
    public Entry next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        try {
            Hit hit = samples.peek();
            Entry first = document;
            boolean sampleFirst = hit != null
                    && (first == null
                            || order.compare(SampleOrder.of(hit, query.order()), SampleOrder.of(first, query.order()))
                                    <= 0);
            if (hit != null && sampleFirst) {
                return sample(hit);
            }
            document = null;
            return given(Objects.requireNonNull(first));
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    private Entry sample(Hit hit) throws SQLException {
        if (++unconfirmed % CONFIRMED == 0) {
            confirm();
        }
        Entry entry = hit.entry();
        samples.take();
        if (document != null
                && document.type().equals(SampleHit.TYPE)
                && document.id().equals(hit.id())) {
            // unpacked between the two statements: one of them is enough
            document = null;
        }
        return given(entry);
    }

    private Entry given(Entry entry) {
        last = SampleOrder.of(entry, query.order());
        given++;
        return entry;
    }

    @Override
    public Optional<Position> continuation() {
        boolean full = query.count() > 0 && given >= query.count();
        return full && more() && last != null ? Optional.of(last.position()) : Optional.empty();
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
