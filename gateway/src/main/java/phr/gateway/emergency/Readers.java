package phr.gateway.emergency;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.authority.Authorities;
import phr.consent.authority.RecordedAuthority;
import phr.consent.lifecourse.Authority;
import phr.consent.reminder.Reminder;
import phr.consent.reminder.Reminders;
import phr.fhir.PersonId;

/** Tells the person and whoever acts for her: guardian, named proxy (consent-semantics.md §13). */
@ApplicationScoped
@Transactional
class Readers {

    private final Reminders reminders;
    private final Authorities authorities;
    private final Clock clock;

    Readers(Reminders reminders, Authorities authorities, Clock clock) {
        this.reminders = reminders;
        this.authorities = authorities;
        this.clock = clock;
    }

    /** @param session null for an attempt that was refused */
    void tell(PersonId person, Reminder.Kind kind, @Nullable UUID session) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        reminders.tell(new Reminder(person, person, kind, session, now));
        authorities.over(person, now).stream()
                .filter(authority -> authority.state() == Authority.State.IN_FORCE)
                .map(RecordedAuthority::holder)
                .filter(Objects::nonNull)
                .distinct()
                .forEach(holder -> reminders.tell(new Reminder(holder, person, kind, session, now)));
    }
}
