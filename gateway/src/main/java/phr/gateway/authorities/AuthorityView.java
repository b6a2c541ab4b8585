package phr.gateway.authorities;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.consent.authority.RecordedAuthority;

/**
 * An authority as the person, its holder and the operator see it.
 *
 * @param works it may be used now: in force, and the person's stage of life lets it act
 * @param code one-time code for the named one; only in the answer that made it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuthorityView(
        String id,
        String person,
        @Nullable String holder,
        String kind,
        String state,
        boolean works,
        String activation,
        ClaimBody.ScopeBody scope,
        @Nullable String validFrom,
        @Nullable String validUntil,
        @Nullable String reviewDue,
        @Nullable String supervisorAppointedAt,
        List<Happened> events,
        @Nullable String code) {

    /** One event, oldest first. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Happened(String type, String at, @Nullable String reason) {}

    public static AuthorityView of(RecordedAuthority authority, boolean works) {
        return new AuthorityView(
                authority.id().toString(),
                authority.person().toString(),
                authority.holder() == null ? null : authority.holder().toString(),
                authority.kind().name(),
                authority.state().name(),
                works,
                authority.activation().name(),
                ClaimBody.ScopeBody.of(authority.scope()),
                text(authority.validity().from()),
                text(authority.validity().until()),
                text(authority.reviewDue()),
                text(authority.supervisorAppointedAt()),
                authority.events().stream()
                        .map(event ->
                                new Happened(event.type().name(), event.at().toString(), event.reason()))
                        .toList(),
                null);
    }

    AuthorityView withCode(String issued) {
        return new AuthorityView(
                id,
                person,
                holder,
                kind,
                state,
                works,
                activation,
                scope,
                validFrom,
                validUntil,
                reviewDue,
                supervisorAppointedAt,
                events,
                issued);
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
