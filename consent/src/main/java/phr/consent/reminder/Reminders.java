package phr.consent.reminder;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import phr.fhir.Ids;
import phr.fhir.PersonId;

/** Keeps what people are told, each thing once. */
@ApplicationScoped
@Transactional
public class Reminders {

    /** A reminder that was written down. */
    public record Told(UUID id, Reminder reminder, Instant at) {}

    private final EntityManager entities;
    private final Clock clock;

    Reminders(EntityManager entities, Clock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    /** Told before: nothing happens. */
    public void tell(Reminder reminder) {
        entities.createNativeQuery(
                        "insert into person_notice (id, reader_id, person_id, kind, about, due_at, recorded_at)"
                                + " values (?1, ?2, ?3, ?4, cast(?5 as uuid), cast(?6 as timestamptz), ?7) on conflict do nothing")
                .setParameter(1, Ids.v7(clock))
                .setParameter(2, reminder.reader().value())
                .setParameter(3, reminder.person().value())
                .setParameter(4, reminder.kind().name())
                .setParameter(
                        5, reminder.about() == null ? null : reminder.about().toString())
                .setParameter(
                        6, reminder.dueAt() == null ? null : reminder.dueAt().toString())
                .setParameter(7, clock.instant())
                .executeUpdate();
    }

    /** Newest first, at most {@code count}. */
    public List<Told> of(PersonId reader, int count) {
        return PersonNotice.<PersonNotice>find("readerId = ?1 order by recordedAt desc, id desc", reader.value())
                .page(0, count)
                .list()
                .stream()
                .map(PersonNotice::told)
                .toList();
    }
}
