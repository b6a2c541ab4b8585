package phr.gateway.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import phr.fhir.PersonId;

/** Records how answers ended that were streamed after their entries had been written. */
final class Deliveries extends ChainWriter<Deliveries.Ended, DeliveryEntry> {

    private final Clock clock;

    Deliveries(AuditDatabase database, Clock clock) {
        super(database);
        this.clock = clock;
    }

    /**
     * @param entry number of the entry in the access log
     * @param items canonical JSON
     */
    record Ended(PersonId person, long entry, boolean complete, String items) {}

    @Override
    PersonId person(Ended ended) {
        return ended.person();
    }

    @Override
    BiFunction<Ended, AuditSql.Tip, DeliveryEntry> links(Connection connection, List<Ended> batch) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return (ended, tip) ->
                DeliveryEntry.next(tip, ended.person(), ended.entry(), now, ended.complete(), ended.items());
    }

    @Override
    AuditSql.Tip tip(DeliveryEntry delivery) {
        return new AuditSql.Tip(delivery.seq(), delivery.hash());
    }

    @Override
    boolean append(Connection connection, List<DeliveryEntry> deliveries) throws SQLException {
        return DeliverySql.append(connection, deliveries);
    }

    @Override
    Map<PersonId, AuditSql.Tip> locked(Connection connection, Collection<PersonId> persons) throws SQLException {
        return DeliverySql.lockedTips(connection, persons);
    }
}
