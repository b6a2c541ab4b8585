package phr.gateway.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;

/**
 * Writes the entries of requests that wait at the same time in one transaction (group commit): who has the turn writes for all who
 * queue. Each still returns only when its entry is durable.
 */
final class Appender {

    private static final int MOST = 256;

    private final AuditDatabase database;
    private final Counterparts counterparts;
    private final Clock clock;
    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final Lock turn = new ReentrantLock();

    Appender(AuditDatabase database, Counterparts counterparts, Clock clock) {
        this.counterparts = counterparts;
        this.database = database;
        this.clock = clock;
    }

    private static final class Waiting {

        private final AccessEvent event;
        private final Tally tally;
        private long entry;
        private @Nullable RuntimeException failure;

        Waiting(AccessEvent event, Tally tally) {
            this.event = event;
            this.tally = tally;
        }

        boolean done() {
            return entry > 0 || failure != null;
        }
    }

    /**
     * The number of the entry in the chain of its person.
     *
     * @throws phr.fhir.failure.FailureException UNAVAILABLE when it cannot be written
     */
    long append(AccessEvent event, Tally tally) {
        Waiting mine = new Waiting(event, tally);
        queue.add(mine);
        turn.lock();
        try {
            while (!mine.done()) {
                write(next());
            }
        } finally {
            turn.unlock();
        }
        if (mine.failure != null) {
            throw mine.failure;
        }
        return mine.entry;
    }

    private List<Waiting> next() {
        List<Waiting> batch = new ArrayList<>();
        Waiting waiting = queue.poll();
        while (waiting != null) {
            batch.add(waiting);
            waiting = batch.size() < MOST ? queue.poll() : null;
        }
        return batch;
    }

    /** An entry that cannot be written does not take the others with it. */
    private void write(List<Waiting> batch) {
        try {
            List<Long> entries = database.inTransaction(connection -> write(connection, batch));
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).entry = entries.get(i);
            }
        } catch (RuntimeException e) {
            if (batch.size() == 1) {
                batch.get(0).failure = e;
            } else {
                batch.forEach(one -> write(List.of(one)));
            }
        } finally {
            // after an error of the virtual machine nobody may wait for what was taken from the queue
            batch.stream()
                    .filter(one -> !one.done())
                    .forEach(one -> one.failure = AuditDatabase.unavailable().exception());
        }
    }

    private List<Long> write(Connection connection, List<Waiting> batch) throws SQLException {
        Set<PersonId> persons = new HashSet<>();
        Set<String> organisations = new HashSet<>();
        for (Waiting waiting : batch) {
            persons.add(waiting.event.person());
            organisations.addAll(waiting.event.receivers().keySet());
        }
        Map<PersonId, AuditSql.Tip> tips = AuditSql.lockedTips(connection, persons);
        Map<String, Counterpart> registered = counterparts.of(connection, organisations);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<AuditEntry> entries = new ArrayList<>();
        for (Waiting waiting : batch) {
            AuditEntry entry = entry(waiting, registered, tips, now);
            tips.put(entry.person(), new AuditSql.Tip(entry.seq(), entry.hash()));
            entries.add(entry);
        }
        AuditSql.insert(connection, entries);
        AuditSql.moveTips(connection, tips);
        return entries.stream().map(AuditEntry::seq).toList();
    }

    private static AuditEntry entry(
            Waiting waiting, Map<String, Counterpart> registered, Map<PersonId, AuditSql.Tip> tips, Instant now) {
        AccessEvent event = waiting.event;
        List<Counterpart> receivers = new ArrayList<>();
        event.receivers().forEach((id, role) -> {
            Counterpart party = registered.get(id);
            if (party != null) {
                receivers.add(party.as(role));
            }
        });
        Counterpart organisation = event.organisation() == null ? null : registered.get(event.organisation());
        return AuditEntry.next(
                tips.getOrDefault(event.person(), AuditSql.Tip.NONE),
                now,
                event,
                organisation == null ? null : organisation.name(),
                Detail.of(receivers, event.system(), waiting.tally));
    }
}
