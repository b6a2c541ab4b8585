package phr.gateway.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import phr.fhir.PersonId;

/** Appends entries to the access logs of persons. */
final class Appender extends ChainWriter<Appender.Observed, AuditEntry> {

    private final Counterparts counterparts;
    private final Clock clock;

    Appender(AuditDatabase database, Counterparts counterparts, Clock clock) {
        super(database);
        this.counterparts = counterparts;
        this.clock = clock;
    }

    /** What happened, with what was handed out or taken in. */
    record Observed(AccessEvent event, Tally tally) {}

    /**
     * The number of the entry in the chain of its person.
     *
     * @throws phr.fhir.failure.FailureException UNAVAILABLE when it cannot be written
     */
    long append(AccessEvent event, Tally tally) {
        return write(new Observed(event, tally)).seq();
    }

    @Override
    PersonId person(Observed observed) {
        return observed.event().person();
    }

    @Override
    BiFunction<Observed, AuditSql.Tip, AuditEntry> links(Connection connection, List<Observed> batch)
            throws SQLException {
        Set<String> organisations = new HashSet<>();
        batch.forEach(
                observed -> organisations.addAll(observed.event().receivers().keySet()));
        Map<String, Counterpart> registered = counterparts.of(connection, organisations);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return (observed, tip) -> entry(observed, registered, tip, now);
    }

    private static AuditEntry entry(
            Observed observed, Map<String, Counterpart> registered, AuditSql.Tip tip, Instant now) {
        AccessEvent event = observed.event();
        List<Counterpart> receivers = new ArrayList<>();
        event.receivers().forEach((id, role) -> {
            Counterpart party = registered.get(id);
            if (party != null) {
                receivers.add(party.as(role));
            }
        });
        Counterpart organisation = event.organisation() == null ? null : registered.get(event.organisation());
        return AuditEntry.next(
                tip,
                now,
                event,
                organisation == null ? null : organisation.name(),
                Detail.of(receivers, event.system(), observed.tally()));
    }

    @Override
    AuditSql.Tip tip(AuditEntry entry) {
        return new AuditSql.Tip(entry.seq(), entry.hash());
    }

    @Override
    boolean append(Connection connection, List<AuditEntry> entries) throws SQLException {
        return AuditSql.append(connection, entries);
    }

    @Override
    Map<PersonId, AuditSql.Tip> locked(Connection connection, Collection<PersonId> persons) throws SQLException {
        return AuditSql.lockedTips(connection, persons);
    }
}
