package phr.gateway.consents.renewal;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import phr.consent.directive.Directive;
import phr.consent.directive.LinkageWindow;
import phr.consent.directive.State;
import phr.consent.directive.Window;
import phr.consent.ledger.ConsentLedger;
import phr.consent.ledger.Recorded;
import phr.consent.reminder.Reminder;
import phr.consent.reminder.Reminders;
import phr.fhir.PersonId;
import phr.gateway.consents.Registry;

/** Windows of linkages that end soon are told when the person comes; she renews them like any other permit. */
@ApplicationScoped
public class LinkageReminders {

    private final ConsentLedger ledger;
    private final Registry registry;
    private final Reminders reminders;
    private final Clock clock;

    LinkageReminders(ConsentLedger ledger, Registry registry, Reminders reminders, Clock clock) {
        this.ledger = ledger;
        this.registry = registry;
        this.reminders = reminders;
        this.clock = clock;
    }

    /** Once per window. */
    public void tell(PersonId person) {
        Instant now = clock.instant();
        Instant soon = now.plus(LinkageWindow.at(now).told());
        for (Recorded recorded : ledger.list(person)) {
            Directive directive = recorded.directive();
            Window validity = directive.base().validity();
            Instant until = validity == null ? null : validity.until();
            boolean ends = directive.state() == State.ACTIVE && until != null && !until.isAfter(soon);
            if (ends && LinkageWindow.opens(directive, registry::linkage)) {
                UUID id = UUID.fromString(directive.id());
                reminders.tell(new Reminder(person, person, Reminder.Kind.LINKAGE_ENDS_SOON, id, until));
            }
        }
    }
}
