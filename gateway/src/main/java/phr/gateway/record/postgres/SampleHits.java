package phr.gateway.record.postgres;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import phr.gateway.record.Query;

/** Ways to bring samples into the order of a query, behind the position where a page begins. */
final class SampleHits {

    private SampleHits() {}

    /** None. */
    static MergedResults.Hits none() {
        return new Listed(List.of());
    }

    /** As the cursor gives them: it goes by time. */
    static MergedResults.Hits streamed(Hit.Source cursor, Query query) {
        return new Streamed(cursor, query);
    }

    /** A few that were found by id. */
    static MergedResults.Hits sorted(List<? extends Hit> hits, Query query) {
        Comparator<SampleOrder> order = SampleOrder.of(query.order());
        return new Listed(hits.stream()
                .<Hit>map(hit -> hit)
                .filter(hit -> behind(hit, query, order))
                .sorted(Comparator.comparing(hit -> SampleOrder.of(hit, query.order()), order))
                .toList());
    }

    /** The first of them in an order that is not that of time: only one page is in memory. Closes the cursor. */
    static MergedResults.Hits first(Hit.Source cursor, Query query) throws SQLException {
        Comparator<SampleOrder> order = SampleOrder.of(query.order());
        Comparator<Hit> byOrder = Comparator.comparing(hit -> SampleOrder.of(hit, query.order()), order);
        PriorityQueue<Hit> page = new PriorityQueue<>(byOrder.reversed());
        try (cursor) {
            for (Hit hit = cursor.next(); hit != null; hit = cursor.next()) {
                if (behind(hit, query, order)) {
                    page.add(hit);
                    if (query.count() > 0 && page.size() > query.count() + 1) {
                        page.remove();
                    }
                }
            }
        }
        List<Hit> hits = new ArrayList<>(page);
        hits.sort(byOrder);
        return new Listed(hits);
    }

    private static boolean behind(Hit hit, Query query, Comparator<SampleOrder> order) {
        return query.after() == null
                || order.compare(SampleOrder.of(hit, query.order()), SampleOrder.of(query.after(), query.order())) > 0;
    }

    private static final class Listed implements MergedResults.Hits {

        private final Deque<Hit> hits;

        Listed(List<Hit> hits) {
            this.hits = new ArrayDeque<>(hits);
        }

        @Override
        public @Nullable Hit peek() {
            return hits.peek();
        }

        @Override
        public void take() {
            hits.poll();
        }

        @Override
        public void close() {
            hits.clear();
        }
    }

    private static final class Streamed implements MergedResults.Hits {

        private final Hit.Source cursor;
        private final Query query;
        private final Comparator<SampleOrder> order;
        private @Nullable Hit first;

        Streamed(Hit.Source cursor, Query query) {
            this.cursor = cursor;
            this.query = query;
            this.order = SampleOrder.of(query.order());
        }

        @Override
        public @Nullable Hit peek() throws SQLException {
            while (first == null) {
                Hit next = cursor.next();
                if (next == null) {
                    return null;
                }
                if (behind(next, query, order)) {
                    first = next;
                }
            }
            return first;
        }

        @Override
        public void take() {
            first = null;
        }

        @Override
        public void close() throws SQLException {
            cursor.close();
        }
    }
}
