package phr.consent.authority;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import phr.consent.directive.Directive;
import phr.consent.directive.Grantee;
import phr.consent.directive.Purposes;
import phr.consent.directive.State;
import phr.consent.ledger.Act;
import phr.consent.ledger.ConsentChange;
import phr.consent.ledger.ConsentLedger;
import phr.consent.ledger.Event;
import phr.consent.ledger.Recorded;
import phr.consent.lifecourse.Authority;
import phr.consent.lifeevent.LifeEventChange;
import phr.consent.lifeevent.RecordedLifeEvent;
import phr.consent.reminder.Reminder;
import phr.consent.reminder.Reminders;
import phr.fhir.PersonId;

/** What follows for authorities from a life event or a dispute, in the same transaction (consent-semantics.md §10.2, §11). */
@ApplicationScoped
class Consequences {

    private static final String CUSTODY = "custody changed";
    private static final String DISPUTE = "dispute between holders of authority";

    private final Authorities authorities;
    private final ConsentLedger directives;
    private final Reminders reminders;

    Consequences(Authorities authorities, ConsentLedger directives, Reminders reminders) {
        this.authorities = authorities;
        this.directives = directives;
        this.reminders = reminders;
    }

    void happened(@Observes LifeEventChange change) {
        RecordedLifeEvent event = change.event();
        if (change.kind() != LifeEventChange.Kind.VERIFIED) {
            return;
        }
        switch (event.type()) {
            case CUSTODY_CHANGE -> custodyChanged(event);
            case CAPACITY_REGAINED -> capacityRegained(event);
            default -> {}
        }
    }

    /** A holder who denies another holder something has a dispute with her. */
    void decided(@Observes ConsentChange change) {
        Recorded after = change.after();
        UUID by = after.directive().grantor().authority();
        if (change.kind() == ConsentChange.Kind.REVOKED || by == null) {
            return;
        }
        tellOthers(after, by);
        if (after.directive().effect().permits()) {
            return;
        }
        Set<Grantee> named = Objects.requireNonNullElse(after.directive().base().grantees(), Set.of());
        for (RecordedAuthority other : inForce(after.person())) {
            Grantee holder = Grantee.of(Grantee.Kind.PERSON, String.valueOf(other.holder()));
            boolean denied = named.contains(holder);
            if (denied && !other.id().equals(by)) {
                authorities.suspend(other.id(), DISPUTE, null, after.recordedBy());
            }
        }
    }

    private void custodyChanged(RecordedLifeEvent event) {
        RecordedAuthority former = authorities
                .find(Objects.requireNonNull(event.authority()))
                .filter(authority -> authority.person().equals(event.person()))
                .orElseThrow();
        String operator = event.acts().get(event.acts().size() - 1).actor();
        if (former.state() == Authority.State.ENDED) {
            return;
        }
        authorities.suspend(former.id(), CUSTODY, null, operator);
        for (Recorded recorded : directives.list(event.person())) {
            boolean his = former.id().equals(recorded.directive().grantor().authority());
            if (his && recorded.directive().state() == State.ACTIVE && !treatment(recorded.directive())) {
                directives.change(
                        event.person(),
                        UUID.fromString(recorded.directive().id()),
                        Event.Type.RECONSENT_ASKED,
                        CUSTODY,
                        Act.onScreen(operator));
            }
        }
    }

    /** Who was to act while she could not is not needed any more; what he decided she looks through. */
    private void capacityRegained(RecordedLifeEvent event) {
        String operator = event.acts().get(event.acts().size() - 1).actor();
        for (RecordedAuthority authority : inForce(event.person())) {
            boolean named = authority.kind() == Authority.Kind.NAMED_PROXY
                    && authority.activation() == Authority.Activation.ON_CAPACITY_LOST;
            if (named) {
                authorities.end(authority.id(), "capacity regained", null, operator);
            }
        }
        Instant at = event.reportedAt();
        directives.list(event.person()).stream()
                .filter(recorded -> recorded.directive().grantor().authority() != null)
                .forEach(recorded -> reminders.tell(new Reminder(
                        event.person(),
                        event.person(),
                        Reminder.Kind.REVIEW_PROXY_DIRECTIVE,
                        UUID.fromString(recorded.directive().id()),
                        at)));
    }

    private void tellOthers(Recorded recorded, UUID by) {
        inForce(recorded.person()).stream()
                .filter(other -> other.kind().guardian() && !other.id().equals(by))
                .forEach(other -> reminders.tell(new Reminder(
                        Objects.requireNonNull(other.holder()),
                        recorded.person(),
                        Reminder.Kind.OTHER_HOLDER_DECIDED,
                        UUID.fromString(recorded.directive().id()),
                        recorded.recordedAt())));
    }

    private List<RecordedAuthority> inForce(PersonId person) {
        return authorities.over(person, Instant.MAX).stream()
                .filter(authority -> authority.state() == Authority.State.IN_FORCE)
                .toList();
    }

    private static boolean treatment(Directive directive) {
        Set<String> purposes = Objects.requireNonNullElse(directive.base().purposes(), Set.of());
        return !purposes.isEmpty() && purposes.stream().allMatch(code -> Purposes.covers("TREAT", code));
    }
}
