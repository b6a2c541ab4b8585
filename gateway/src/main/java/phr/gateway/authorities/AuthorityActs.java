package phr.gateway.authorities;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.authority.Authorities;
import phr.consent.authority.Claim;
import phr.consent.authority.Invitations;
import phr.consent.authority.RecordedAuthority;
import phr.consent.lifecourse.AgeBands;
import phr.consent.lifecourse.Authority;
import phr.consent.lifecourse.LifeStage;
import phr.consent.lifeevent.LifeEvents;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.Caller;
import phr.gateway.people.OwnAccount;
import phr.gateway.people.People;

/** Who may ask for what about an authority (consent-semantics.md §10.2). */
@ApplicationScoped
@Transactional
class AuthorityActs {

    private final OwnAccount own;
    private final People people;
    private final Authorities authorities;
    private final Invitations invitations;
    private final LifeEvents lifeEvents;
    private final Clock clock;

    AuthorityActs(
            OwnAccount own,
            People people,
            Authorities authorities,
            Invitations invitations,
            LifeEvents lifeEvents,
            Clock clock) {
        this.own = own;
        this.people = people;
        this.authorities = authorities;
        this.invitations = invitations;
        this.lifeEvents = lifeEvents;
        this.clock = clock;
    }

    /** The person names a proxy, somebody claims to be one, or the operator registers one. */
    AuthorityView register(Caller caller, ClaimBody body) {
        Authority.Kind kind = body.kindOrFail();
        if (Operators.is(caller)) {
            PersonId person = known(body.person(), "/person");
            return view(claim(caller, body, person, known(body.holder(), "/holder")));
        }
        PersonId self = own.require(caller);
        if (body.holder() != null) {
            throw forbidden("a proxy accepts by a code");
        }
        if (body.person() == null || body.person().equals(self.toString())) {
            return named(caller, body, self);
        }
        if (kind == Authority.Kind.NAMED_PROXY) {
            throw forbidden("only the person herself names a proxy; a proxy names none");
        }
        return view(claim(caller, body, known(body.person(), "/person"), self));
    }

    /** The named one accepts; a code works once. */
    AuthorityView accept(Caller caller, @Nullable String code) {
        PersonId holder = own.require(caller);
        if (code == null) {
            throw Failure.of(Category.INVALID, "authority", "a code is required", "/code")
                    .exception();
        }
        Invitations.Used used = invitations.use(Invitations.Kind.ACCEPT, code, holder);
        UUID authority = Optional.ofNullable(used.authority()).orElseThrow();
        return view(authorities.accept(authority, holder, caller.subject()));
    }

    List<AuthorityView> held(PersonId self) {
        return views(authorities.heldBy(self));
    }

    List<AuthorityView> over(PersonId person) {
        return views(authorities.over(person, Instant.MAX));
    }

    /** What waits for an operator's eyes, oldest first. */
    List<AuthorityView> waiting() {
        return views(authorities.waiting());
    }

    /**
     * The authority, for a capable person over whom it is, for its holder when she may give it back, or for an operator.
     *
     * @throws phr.fhir.failure.FailureException NOT_FOUND for everybody else, FORBIDDEN for a person who cannot decide this
     */
    RecordedAuthority touchedBy(Caller caller, UUID id, boolean holderToo) {
        RecordedAuthority authority = authorities.find(id).orElseThrow(AuthorityActs::notFound);
        if (Operators.is(caller)) {
            return authority;
        }
        PersonId self = own.require(caller);
        if (holderToo && authority.heldBy(self)) {
            return authority;
        }
        if (!authority.person().equals(self)) {
            throw notFound();
        }
        requireCapable(self);
        return authority;
    }

    AuthorityView view(RecordedAuthority authority) {
        PersonId holder = authority.holder();
        boolean works = holder != null
                && authorities
                        .working(holder, authority.person())
                        .filter(working -> working.id().equals(authority.id()))
                        .isPresent();
        return AuthorityView.of(authority, works);
    }

    private AuthorityView named(Caller caller, ClaimBody body, PersonId self) {
        Authority.Kind kind = body.kindOrFail();
        if (kind != Authority.Kind.NAMED_PROXY && kind != Authority.Kind.NIN_I_KOUKEN) {
            throw forbidden("a person names a proxy; others are appointed");
        }
        requireCapable(self);
        RecordedAuthority authority = claim(caller, body, self, null);
        String code = invitations.issue(Invitations.Kind.ACCEPT, self, authority.id(), caller.subject());
        return view(authority).withCode(code);
    }

    private RecordedAuthority claim(Caller caller, ClaimBody body, PersonId person, @Nullable PersonId holder) {
        Claim claim = new Claim(
                person, holder, body.kindOrFail(), body.activationOrFail(), body.scopeOrFail(), body.validity());
        return authorities.register(claim, caller.subject());
    }

    private void requireCapable(PersonId person) {
        Instant now = clock.instant();
        LifeStage stage = lifeEvents.life(person, now).stage(now, AgeBands.JAPAN);
        if (stage != LifeStage.ADULT && stage != LifeStage.UNKNOWN_AGE) {
            throw forbidden("at this stage of life somebody else decides this");
        }
    }

    private PersonId known(@Nullable String id, String pointer) {
        if (id == null) {
            throw Failure.of(Category.INVALID, "authority", "the id of a person is required", pointer)
                    .exception();
        }
        return people.find(id).orElseThrow(AuthorityActs::notFound);
    }

    private List<AuthorityView> views(List<RecordedAuthority> recorded) {
        return recorded.stream().map(this::view).toList();
    }

    private static RuntimeException forbidden(String text) {
        return Failure.of(Category.FORBIDDEN, "CS-3", text).exception();
    }

    private static RuntimeException notFound() {
        return Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
    }
}
