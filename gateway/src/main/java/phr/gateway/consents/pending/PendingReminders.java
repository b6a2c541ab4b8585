package phr.gateway.consents.pending;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import phr.consent.reminder.Reminder;
import phr.consent.reminder.Reminders;
import phr.fhir.PersonId;
import phr.gateway.transfer.ArrivedPermits.ArrivedPermit;

/** Permits of an earlier provider that wait are told when the person comes: when they begin to wait, and before they lapse. */
@ApplicationScoped
public class PendingReminders {

    private static final Duration SOON = Duration.ofDays(30);

    private final PendingConsents pending;
    private final Reminders reminders;
    private final Clock clock;

    PendingReminders(PendingConsents pending, Reminders reminders, Clock clock) {
        this.pending = pending;
        this.reminders = reminders;
        this.clock = clock;
    }

    /** Each once. */
    public void tell(PersonId person) {
        Instant soon = clock.instant().plus(SOON);
        for (ArrivedPermit permit : pending.open(person)) {
            tell(person, Reminder.Kind.PERMIT_WAITS, permit);
            if (!permit.until().isAfter(soon)) {
                tell(person, Reminder.Kind.PERMIT_LAPSES_SOON, permit);
            }
        }
    }

    private void tell(PersonId person, Reminder.Kind kind, ArrivedPermit permit) {
        reminders.tell(new Reminder(person, person, kind, permit.id(), permit.until()));
    }
}
