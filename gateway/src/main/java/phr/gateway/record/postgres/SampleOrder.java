package phr.gateway.record.postgres;

import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.DataTime;
import phr.gateway.record.Entry;
import phr.gateway.record.Position;
import phr.gateway.record.Query.Order;
import phr.gateway.record.series.Row;

/** Where a resource stands in the order of an answer, as {@link Filters} tells the database. */
record SampleOrder(long time, String type, UUID id) {

    private static final long MICROS = 1000;

    static Comparator<SampleOrder> of(Order order) {
        Comparator<SampleOrder> byTime = Comparator.comparingLong(SampleOrder::time);
        Comparator<SampleOrder> byType = Comparator.comparing(SampleOrder::type);
        Comparator<SampleOrder> byId = Comparator.comparing(SampleOrder::id, Row::compare);
        return switch (order) {
            case NEWEST, UPDATED_LAST -> byTime.reversed().thenComparing(byType).thenComparing(byId);
            case OLDEST -> byTime.thenComparing(byType.reversed()).thenComparing(byId.reversed());
            case ID -> byId.thenComparing(byType);
            case UPDATED_FIRST -> byTime.thenComparing(byType).thenComparing(byId);
        };
    }

    static SampleOrder of(Entry entry, Order order) {
        long time = order.byUpdate()
                ? Micros.floor(entry.lastUpdated())
                : entry.time().equals(DataTime.UNKNOWN)
                        ? Micros.UNBOUNDED_START
                        : Micros.start(entry.time().from());
        return new SampleOrder(time, entry.type(), entry.id());
    }

    static SampleOrder of(Hit hit, Order order) {
        return new SampleOrder(order.byUpdate() ? hit.updated() * MICROS : hit.from(), SampleHit.TYPE, hit.id());
    }

    static SampleOrder of(Position position, Order order) {
        Instant time = position.time();
        return new SampleOrder(order == Order.ID ? 0 : Micros.start(time), position.type(), position.id());
    }

    Position position() {
        @Nullable Instant instant = Micros.instant(time);
        return new Position(instant, type, id);
    }
}
