package phr.gateway.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import phr.fhir.PersonId;

/** The access log. */
@ApplicationScoped
public class AccessLog {

    private static final Logger LOG = Logger.getLogger(AccessLog.class);

    /** Read at a time where some are hidden. */
    private static final int MANY = 500;

    private final AuditDatabase database;
    private final Appender appender;
    private final Deliveries deliveries;

    AccessLog(AuditDatabase database, Counterparts counterparts, Clock clock) {
        this.database = database;
        this.appender = new Appender(database, counterparts, clock);
        this.deliveries = new Deliveries(database, clock);
    }

    /**
     * Appends one entry and returns when it is durable.
     *
     * @throws phr.fhir.failure.FailureException UNAVAILABLE when it cannot be written; then nothing may be answered
     */
    public void append(AccessEvent event) {
        append(event, new Tally());
    }

    /**
     * As {@link #append(AccessEvent)}, with what is handed out or taken in. When that is still to leave, the tally records the
     * end of it here.
     */
    public void append(AccessEvent event, Tally tally) {
        long entry = appender.append(event, tally);
        if (tally.isLater()) {
            tally.entered((complete, items) -> end(event.person(), entry, complete, items));
        }
    }

    /** How many accesses to her record the directive, in whatever version, has permitted since then. */
    public long permitted(PersonId person, String directive, Instant since) {
        return database.inTransaction(connection -> AuditSql.permitted(connection, person, directive, since));
    }

    /** Newest first, as many as are wanted of those that are not hidden. */
    List<AuditEntry> page(PersonId person, long before, int count, Discretion discretion) {
        return database.inTransaction(connection -> {
            List<AuditEntry> page = new ArrayList<>();
            long[] last = {before, 0};
            do {
                last[1] = 0;
                AuditSql.page(connection, person, last[0], discretion.none() ? count : MANY, (entry, delivered) -> {
                    last[0] = entry.seq();
                    last[1]++;
                    if (page.size() < count && !discretion.hides(entry, delivered)) {
                        page.add(entry);
                    }
                });
            } while (page.size() < count && last[1] == MANY);
            return page;
        });
    }

    /** The answer is out already, so a failure can only be reported; the entry then says that its end is not known. */
    private void end(PersonId person, long entry, boolean complete, String items) {
        try {
            deliveries.write(new Deliveries.Ended(person, entry, complete, items));
        } catch (RuntimeException e) {
            LOG.error("the end of a delivery cannot be recorded");
        }
    }
}
