package phr.gateway.notices;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.ledger.Recorded;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.consents.VisibleDirectives;
import phr.gateway.people.Organisations;
import phr.gateway.people.Principal;
import phr.gateway.people.Principals;

/** Whom a change of the person's consent has reached, and who has erased. */
@Path("/consents/{id}/notices")
@Produces(MediaType.APPLICATION_JSON)
class ConsentNoticesEndpoint {

    private final CurrentCaller current;
    private final Principals principals;
    private final VisibleDirectives visible;
    private final Outbox outbox;
    private final Couriers couriers;
    private final Organisations organisations;
    private final NoticesConfig config;
    private final Clock clock;

    ConsentNoticesEndpoint(
            CurrentCaller current,
            Principals principals,
            VisibleDirectives visible,
            Outbox outbox,
            Couriers couriers,
            Organisations organisations,
            NoticesConfig config,
            Clock clock) {
        this.current = current;
        this.principals = principals;
        this.visible = visible;
        this.outbox = outbox;
        this.couriers = couriers;
        this.organisations = organisations;
        this.config = config;
        this.clock = clock;
    }

    /** A notice as the person sees it; times are missing until they have come. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Shown(
            String id,
            String organisation,
            @Nullable String organisationName,
            String kind,
            int version,
            String written,
            @Nullable String sent,
            @Nullable String acknowledged,
            @Nullable String eraseBy,
            @Nullable String erased,
            String state) {}

    /** Oldest first. */
    @GET
    public List<Shown> list(@PathParam("id") String id, @QueryParam("person") @Nullable String whose) {
        Principal principal = principal(whose);
        return shown(principal, visible.require(principal, id));
    }

    /** Asks every recipient of the directive to erase what it received: a separate act beside the withdrawal (§10.1). */
    @POST
    @Path("/$ask-erasure")
    @Consumes(MediaType.WILDCARD)
    public List<Shown> askErasure(@PathParam("id") String id, @QueryParam("person") @Nullable String whose) {
        Principal principal = principal(whose);
        Recorded directive = visible.require(principal, id);
        outbox.askErasure(directive);
        couriers.wake();
        return shown(principal, directive);
    }

    private List<Shown> shown(Principal principal, Recorded recorded) {
        Set<Integer> versions = visible.versions(principal, recorded);
        Instant now = clock.instant();
        return outbox
                .ofDirective(
                        recorded.person(), UUID.fromString(recorded.directive().id()))
                .stream()
                .filter(notice -> versions.contains(notice.version()))
                .map(notice -> shown(notice, now))
                .toList();
    }

    private Shown shown(Notice notice, Instant now) {
        return new Shown(
                notice.id().toString(),
                notice.organisation(),
                organisations.name(notice.organisation()).orElse(null),
                notice.kind().name(),
                notice.version(),
                notice.writtenAt().toString(),
                text(notice.sentAt()),
                text(notice.acknowledgedAt()),
                text(notice.eraseBy()),
                text(notice.erasedAt()),
                notice.state(now, notice.writtenAt().plus(config.patience())).name());
    }

    private Principal principal(@Nullable String whose) {
        return principals.require(current.get(), whose).ofConsentRecords();
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
