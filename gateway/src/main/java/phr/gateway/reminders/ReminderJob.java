package phr.gateway.reminders;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.authority.Authorities;
import phr.consent.authority.RecordedAuthority;
import phr.consent.lifecourse.AgeBands;
import phr.consent.lifecourse.Authority;
import phr.consent.lifeevent.LifeEvents;
import phr.consent.reminder.Reminder;
import phr.consent.reminder.Reminders;
import phr.fhir.PersonId;

/** Tells people about majority (90 and 30 days before, and on the day) and about reviews. Run late or never, nothing opens or shuts. */
@Singleton
class ReminderJob {

    private static final int PAGE = 500;
    private static final Duration REVIEW_SOON = Duration.ofDays(30);
    private static final PersonId FIRST = new PersonId(new UUID(0, 0));

    private final Authorities authorities;
    private final LifeEvents lifeEvents;
    private final Reminders reminders;
    private final Clock clock;

    @Inject
    ReminderJob(Authorities authorities, LifeEvents lifeEvents, Reminders reminders, Clock clock) {
        this.authorities = authorities;
        this.lifeEvents = lifeEvents;
        this.reminders = reminders;
        this.clock = clock;
    }

    @Scheduled(every = "6h", delayed = "3m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void remind() {
        Instant now = clock.instant();
        List<PersonId> page = authorities.personsAfter(FIRST, PAGE);
        while (!page.isEmpty()) {
            page.forEach(person -> remind(person, now));
            page = authorities.personsAfter(page.get(page.size() - 1), PAGE);
        }
    }

    private void remind(PersonId person, Instant now) {
        for (RecordedAuthority authority : authorities.over(person, now)) {
            PersonId holder = authority.holder();
            if (authority.state() == Authority.State.IN_FORCE && holder != null) {
                review(authority, holder, now);
                if (authority.kind().guardian()) {
                    majority(authority, holder, now);
                }
            }
        }
    }

    private void review(RecordedAuthority authority, PersonId holder, Instant now) {
        Instant due = authority.reviewDue();
        if (due == null || authority.kind() != Authority.Kind.NAMED_PROXY) {
            return;
        }
        if (!now.isBefore(due)) {
            tell(authority, holder, Reminder.Kind.REVIEW_MISSED, due);
        } else if (!now.isBefore(due.minus(REVIEW_SOON))) {
            tell(authority, holder, Reminder.Kind.REVIEW_DUE, due);
        }
    }

    private void majority(RecordedAuthority authority, PersonId holder, Instant now) {
        Instant majority = lifeEvents
                .life(authority.person(), now)
                .majority(AgeBands.JAPAN)
                .orElse(null);
        Reminder.Kind kind = majority == null ? null : stage(Duration.between(now, majority));
        if (majority != null && kind != null) {
            tell(authority, holder, kind, majority);
        }
    }

    private static Reminder.@Nullable Kind stage(Duration left) {
        if (left.isZero() || left.isNegative()) {
            return Reminder.Kind.MAJORITY_REACHED;
        }
        if (left.compareTo(Duration.ofDays(30)) <= 0) {
            return Reminder.Kind.MAJORITY_IN_30_DAYS;
        }
        return left.compareTo(Duration.ofDays(90)) <= 0 ? Reminder.Kind.MAJORITY_IN_90_DAYS : null;
    }

    private void tell(RecordedAuthority authority, PersonId holder, Reminder.Kind kind, Instant due) {
        reminders.tell(new Reminder(holder, authority.person(), kind, authority.id(), due));
        reminders.tell(new Reminder(authority.person(), authority.person(), kind, authority.id(), due));
    }
}
