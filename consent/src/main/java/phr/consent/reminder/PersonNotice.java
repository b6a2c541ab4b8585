package phr.consent.reminder;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;

/** A row of {@code person_notice}; insert only. */
@Entity
@Immutable
@Table(name = "person_notice")
class PersonNotice extends PanacheEntityBase {

    @Id
    public UUID id;

    @Column(name = "reader_id")
    public UUID readerId;

    @Column(name = "person_id")
    public UUID personId;

    @Column(name = "kind")
    public String kind;

    @Column(name = "about")
    public @Nullable UUID about;

    @Column(name = "due_at")
    public @Nullable Instant dueAt;

    @Column(name = "recorded_at")
    public Instant recordedAt;

    Reminders.Told told() {
        Reminder reminder =
                new Reminder(new PersonId(readerId), new PersonId(personId), Reminder.Kind.valueOf(kind), about, dueAt);
        return new Reminders.Told(id, reminder, recordedAt);
    }
}
