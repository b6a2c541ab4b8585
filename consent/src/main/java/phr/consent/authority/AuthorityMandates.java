package phr.consent.authority;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import phr.consent.directive.Directive;
import phr.consent.directive.Grantee;
import phr.consent.directive.LabelRule;
import phr.consent.directive.Phase;
import phr.consent.directive.Purposes;
import phr.consent.directive.State;
import phr.consent.ledger.Act;
import phr.consent.ledger.Event;
import phr.consent.ledger.Mandates;
import phr.consent.ledger.Recorded;
import phr.consent.lifecourse.AgeBands;
import phr.consent.lifecourse.Life;
import phr.consent.lifecourse.LifeStage;
import phr.consent.lifeevent.LifeEvents;
import phr.consent.request.BlockList;
import phr.fhir.PersonId;
import phr.fhir.facts.Confidentiality;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;

/** The power to write directives: of the person by her stage of life, of a proxy by her authority. */
@ApplicationScoped
class AuthorityMandates implements Mandates {

    private final AuthorityRows authorities;
    private final LifeEvents lifeEvents;
    private final BlockList blocked;
    private final OwnSpheres spheres;

    AuthorityMandates(AuthorityRows authorities, LifeEvents lifeEvents, BlockList blocked, OwnSpheres spheres) {
        this.authorities = authorities;
        this.lifeEvents = lifeEvents;
        this.blocked = blocked;
        this.spheres = spheres;
    }

    @Override
    public void write(PersonId person, Directive draft, Act act, Instant now) {
        Life life = lifeEvents.life(person, now);
        if (act.self()) {
            requireOwnPower(life, draft.effect().permits(), now);
            return;
        }
        RecordedAuthority authority = requireWorking(person, act, life, now);
        if (!draft.effect().permits()) {
            return;
        }
        if (!authority.scope().mayGrant()) {
            throw forbidden("this authority may not grant");
        }
        if (draft.phase() == Phase.AFTER_DEATH) {
            throw beyond("only the person herself says what holds after her death", "/phase");
        }
        if (!authority.reaches(draft)
                || draft.base().names(spheres.closedTo(authority, life, now).categories())) {
            throw beyond("reaches beyond the scope of the authority", "/selectors");
        }
        requireNotBlocked(person, draft, now);
    }

    @Override
    public void change(PersonId person, Recorded current, boolean widening, Act act, Instant now) {
        Life life = lifeEvents.life(person, now);
        if (act.self()) {
            requireOwnPower(life, widening, now);
            return;
        }
        RecordedAuthority authority = requireWorking(person, act, life, now);
        if (current.directive().grantor().authority() == null) {
            requireShared(current.directive(), authority, life, now);
        }
        if (!authority.reaches(current.directive())) {
            throw forbidden("reaches beyond the scope of the authority");
        }
        if (!widening) {
            return;
        }
        Event last = current.events().get(current.events().size() - 1);
        boolean own = current.grantor().equals(act.holder());
        if (!own || last.authority() == null || !authority.scope().mayGrant()) {
            throw forbidden("the person, or another holder, has decided this");
        }
    }

    @Override
    public void refuse(PersonId person, Directive asked, Act act, Instant now) {
        if (act.self()) {
            return;
        }
        Life life = lifeEvents.life(person, now);
        RecordedAuthority authority = requireWorking(person, act, life, now);
        requireShared(asked, authority, life, now);
        if (!authority.reaches(asked)) {
            throw forbidden("reaches beyond the scope of the authority");
        }
    }

    @Override
    public List<Open> open(PersonId person, Directive directive, Act act, List<Event> yes, Instant now) {
        if (act.self() && directive.grantor().authority() == null
                || !directive.effect().permits()) {
            return List.of();
        }
        Life life = lifeEvents.life(person, now);
        Set<UUID> missing = new HashSet<>();
        if (!dailyAct(directive)) {
            authorities.over(person, now).stream()
                    .filter(authority -> authority.kind().guardian() && Authorities.works(authority, life, now))
                    .forEach(authority -> missing.add(authority.id()));
            missing.remove(directive.grantor().authority());
            yes.stream()
                    .filter(event -> event.type() == Event.Type.COSIGNED)
                    .forEach(event -> missing.remove(event.authority()));
        }
        boolean assented = yes.stream().anyMatch(event -> event.type() == Event.Type.ASSENTED);
        LifeStage age = life.age(now, AgeBands.JAPAN);
        if (assented && age == LifeStage.ADOLESCENT) {
            return List.of();
        }
        boolean assent = age == LifeStage.ASSENT && !assented;
        return Stream.of(Open.values())
                .filter(open -> open == Open.ASSENT ? assent : !missing.isEmpty())
                .toList();
    }

    @Override
    public Function<Directive, State> standing(PersonId person, Instant at, Instant known) {
        Life life = lifeEvents.life(person, known);
        return directive -> Standing.of(directive, life, at);
    }

    /** One of several parents suffices: nothing above N, and only purposes of §7.1 (consent-semantics.md §10.2). */
    private static boolean dailyAct(Directive directive) {
        LabelRule labels = directive.base().labels();
        Set<String> purposes = directive.base().purposes();
        return labels != null
                && !labels.any()
                && !labels.anySensitivity()
                && labels.sensitivities().isEmpty()
                && labels.level() != null
                && labels.level().atMost(Confidentiality.N)
                && purposes != null
                && purposes.stream().allMatch(code -> Purposes.system(code).equals(Purposes.ACT_REASON));
    }

    private RecordedAuthority requireWorking(PersonId person, Act act, Life life, Instant now) {
        Optional<RecordedAuthority> found = authorities.over(person, now).stream()
                .filter(authority -> authority.id().equals(act.grantor().authority()))
                .filter(authority -> act.holder() != null && authority.heldBy(new PersonId(act.holder())))
                .filter(authority -> Authorities.works(authority, life, now))
                .findFirst();
        return found.orElseThrow(() -> forbidden("no authority in force allows this"));
    }

    /** What an adolescent decides alone is nothing of her guardian's. */
    private void requireShared(Directive directive, RecordedAuthority authority, Life life, Instant now) {
        if (spheres.closedTo(authority, life, now).reaches(directive)) {
            throw forbidden("at this age she decides this alone");
        }
    }

    private static void requireOwnPower(Life life, boolean widening, Instant now) {
        LifeStage stage = life.stage(now, AgeBands.JAPAN);
        boolean powerless =
                switch (stage) {
                    case DECEASED, DECEASED_REPORTED, CHILD -> true;
                    case ASSENT, INCAPACITATED -> widening;
                    case ADOLESCENT, UNKNOWN_AGE, ADULT -> false;
                };
        if (powerless) {
            throw forbidden("at this stage of life somebody else decides this");
        }
    }

    private void requireNotBlocked(PersonId person, Directive draft, Instant now) {
        Set<Grantee> grantees = Objects.requireNonNullElse(draft.base().grantees(), Set.of());
        Set<String> parties = blocked.of(person);
        if (grantees.stream().map(Grantee::id).anyMatch(id -> parties.contains(id) || parties.contains(bare(id)))) {
            throw beyond("the person has blocked this party for her proxies", "/grantees");
        }
    }

    private static String bare(String id) {
        return id.substring(id.indexOf('/') + 1);
    }

    private static FailureException forbidden(String text) {
        return Failure.of(Category.FORBIDDEN, "CS-3", text).exception();
    }

    private static FailureException beyond(String text, String pointer) {
        return Failure.of(Category.INVALID, "L-3", text, pointer).exception();
    }
}
