package phr.gateway.record.postgres;

import java.sql.SQLException;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Two sources in one order. */
final class MergedHits implements Hit.Source {

    private final Hit.Source one;
    private final Hit.Source other;
    private final Comparator<Hit> order;
    private @Nullable Hit first;
    private @Nullable Hit second;
    private boolean begun;

    MergedHits(Hit.Source one, Hit.Source other, Comparator<Hit> order) {
        this.one = one;
        this.other = other;
        this.order = order;
    }

    @Override
    public @Nullable Hit next() throws SQLException {
        if (!begun) {
            begun = true;
            first = one.next();
            second = other.next();
        }
        Hit left = first;
        Hit right = second;
        if (right == null || left != null && order.compare(left, right) <= 0) {
            first = left == null ? null : one.next();
            return left;
        }
        second = other.next();
        return right;
    }

    @Override
    public void close() throws SQLException {
        try (one;
                other) {
            begun = true;
        }
    }
}
