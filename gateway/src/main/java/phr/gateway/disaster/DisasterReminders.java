package phr.gateway.disaster;

import jakarta.enterprise.context.ApplicationScoped;
import phr.consent.reminder.Reminder;
import phr.consent.reminder.Reminders;
import phr.fhir.PersonId;

/** Reads under disaster mode are told when the person comes (consent-semantics.md §13). */
@ApplicationScoped
public class DisasterReminders {

    private final DisasterAccesses accesses;
    private final Reminders reminders;

    DisasterReminders(DisasterAccesses accesses, Reminders reminders) {
        this.accesses = accesses;
        this.reminders = reminders;
    }

    /** Once per mode. */
    public void tell(PersonId person) {
        accesses.of(person)
                .forEach(mode -> reminders.tell(
                        new Reminder(person, person, Reminder.Kind.DISASTER_ACCESS, mode.id(), mode.starts())));
    }
}
