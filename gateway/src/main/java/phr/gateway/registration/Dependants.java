package phr.gateway.registration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.jspecify.annotations.Nullable;
import phr.consent.authority.Authorities;
import phr.consent.authority.Claim;
import phr.consent.authority.Invitations;
import phr.consent.authority.RecordedAuthority;
import phr.consent.directive.Window;
import phr.consent.lifecourse.Authority;
import phr.fhir.Ids;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.normalise.Account;
import phr.gateway.authorities.Operators;
import phr.gateway.caller.Caller;
import phr.gateway.people.People;

/** Persons without a login: registered by a guardian, later claimed by themselves. */
@ApplicationScoped
@Transactional
class Dependants {

    private final People people;
    private final Authorities authorities;
    private final Invitations invitations;

    Dependants(People people, Authorities authorities, Invitations invitations) {
        this.people = people;
        this.authorities = authorities;
        this.invitations = invitations;
    }

    /**
     * The person and the claim of who registers her, which opens nothing before an operator has seen evidence.
     *
     * @throws phr.fhir.failure.FailureException INVALID when the account cannot be one of a minor
     */
    RecordedAuthority register(Caller caller, PersonId guardian, Authority.Kind kind, Caller.Profile profile) {
        PersonId person = people.registerWithoutLogin(profile);
        Claim claim = new Claim(person, guardian, kind, Authority.Activation.AT_ONCE, Authority.Scope.ALL, Window.ANY);
        return authorities.register(claim, caller.subject());
    }

    /**
     * A one-time code for the person herself, from a holder whose authority was verified and never suspended, also after majority.
     *
     * @throws phr.fhir.failure.FailureException NOT_FOUND for anybody else
     */
    String invite(Caller caller, String address) {
        PersonId person = people.find(address).orElseThrow(Dependants::notFound);
        if (!Operators.is(caller)) {
            PersonId self = people.self(caller).orElseThrow(Dependants::notFound);
            boolean holds = authorities.between(self, person).stream()
                    .anyMatch(authority -> authority.state() == Authority.State.IN_FORCE);
            if (!holds) {
                throw notFound();
            }
        }
        return invitations.issue(Invitations.Kind.CLAIM, person, null, caller.subject());
    }

    /**
     * The login takes over the person of the code. It must be hers: a birth date that the login states must agree.
     *
     * @throws phr.fhir.failure.FailureException NOT_FOUND for a code that is worth nothing for this login, CONFLICT when the person
     *     or the login is taken
     */
    Account claim(Caller caller, @Nullable String code) {
        if (code == null) {
            throw Failure.of(Category.INVALID, "claim", "a code is required", "/code")
                    .exception();
        }
        PersonId person = invitations
                .use(
                        Invitations.Kind.CLAIM,
                        code,
                        new PersonId(Ids.v5(Ids.namespace(caller.issuer()), caller.subject())))
                .person();
        Account account = people.account(person).orElseThrow(Dependants::notFound);
        String stated = caller.profile().birthDate();
        boolean same = stated == null
                || account.birthDate() == null
                || account.birthDate().toString().equals(stated);
        if (!same) {
            throw notFound();
        }
        people.claim(person, caller);
        return account;
    }

    private static RuntimeException notFound() {
        return Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
    }
}
