package phr.consent.authority;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;
import phr.consent.directive.Grantor;
import phr.consent.directive.Window;
import phr.consent.lifecourse.Authority;
import phr.fhir.PersonId;

/**
 * An authority as it stands in the ledger.
 *
 * @param person over whom
 * @param holder null until the named one has accepted
 * @param events oldest first
 */
public record RecordedAuthority(
        UUID id,
        PersonId person,
        @Nullable PersonId holder,
        Authority.Kind kind,
        Authority.State state,
        Authority.Activation activation,
        Authority.Scope scope,
        Window validity,
        @Nullable Instant reviewDue,
        @Nullable Instant supervisorAppointedAt,
        Instant registeredAt,
        List<Event> events) {

    /** What happens to an authority, and the state each leads to; none = it stays as it was. */
    public enum Type {
        REGISTERED(Authority.State.REGISTERED),
        ACCEPTED(null),
        VERIFIED(Authority.State.IN_FORCE),
        REVIEWED(null),
        SUSPENDED(Authority.State.SUSPENDED),
        RESUMED(Authority.State.IN_FORCE),
        ENDED(Authority.State.ENDED);

        private final Authority.@Nullable State leadsTo;

        Type(Authority.@Nullable State leadsTo) {
            this.leadsTo = leadsTo;
        }

        Authority.State after(Authority.State before) {
            return leadsTo == null ? before : leadsTo;
        }
    }

    /** One event. */
    public record Event(
            Type type, Instant at, String actor, @Nullable String reason) {}

    public RecordedAuthority {
        events = List.copyOf(events);
    }

    /** As the engine reads it; empty while nobody holds it. */
    public Optional<Authority> authority() {
        return Optional.ofNullable(holder)
                .map(by -> new Authority(
                        id.toString(),
                        by.toString(),
                        kind,
                        state,
                        validity,
                        activation,
                        scope,
                        reviewDue,
                        supervisorAppointedAt));
    }

    public boolean heldBy(PersonId somebody) {
        return somebody.equals(holder);
    }

    /** Whether a directive stays inside the scope; what it leaves open reaches outside every limit. */
    public boolean reaches(Directive directive) {
        return InScope.is(directive, scope);
    }

    /** In which capacity its holder signs. */
    public Grantor grantor() {
        Grantor.Capacity capacity =
                kind == Authority.Kind.PARENT ? Grantor.Capacity.GUARDIAN : Grantor.Capacity.valueOf(kind.name());
        return new Grantor(capacity, id);
    }

    boolean everVerified() {
        return events.stream().anyMatch(event -> event.type() == Type.VERIFIED);
    }
}
