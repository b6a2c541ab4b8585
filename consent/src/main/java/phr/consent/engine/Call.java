package phr.consent.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phr.consent.AccessRequest;
import phr.consent.Action;
import phr.consent.Capacity;
import phr.consent.Party;
import phr.consent.directive.Directive;
import phr.consent.directive.Effect;
import phr.consent.directive.Elements;
import phr.consent.directive.Emergency;
import phr.consent.directive.ExceptionClause;
import phr.consent.directive.Grantee;
import phr.consent.directive.Grantor;
import phr.consent.directive.Purposes;
import phr.consent.directive.Selector;
import phr.consent.directive.Selectors;
import phr.consent.directive.Window;
import phr.consent.emergency.EmergencyGround;
import phr.consent.lifecourse.Authority;
import phr.consent.trace.Element;

/**
 * The call-level half of matching: state, life stage, phase, validity, purpose, grantee, country, action (consent-semantics.md §2,
 * §4.1). The same for a whole call, whatever the resource.
 */
final class Call {

    /** Longest life of a decision. */
    static final Duration LONGEST = Duration.ofMinutes(15);

    private static final String JAPAN_CODE = "JP";
    private static final Set<String> JAPAN = Set.of(JAPAN_CODE);

    private final AccessRequest request;
    private final Requester requester;
    private final List<Party> receivers;
    private final Action action;
    private final List<String> purposes;
    private final Policy policy;
    private final Circumstances circumstances;
    private final Course course;
    private final Optional<Authority> authority;
    private final Instant now;

    /**
     * @throws IllegalArgumentException when the request has no action
     */
    Call(AccessRequest request, Policy policy, Instant now) {
        if (request.action() == null) {
            throw new IllegalArgumentException("inputs are checked first");
        }
        this.request = request;
        this.requester = new Requester(request);
        this.receivers = requester.receivers();
        this.action = request.action();
        this.purposes =
                request.purposes().stream().map(Purposes::bare).distinct().toList();
        this.policy = policy;
        this.circumstances = policy.circumstances();
        this.course = new Course(circumstances, now);
        this.now = now;
        this.authority = circumstances.authorities().stream()
                .filter(known -> proxy() && known.id().equals(request.authority()) && requester.isUser(known.holder()))
                .filter(known -> known.inForce(now, circumstances.life(), circumstances.ages()))
                .findFirst();
    }

    List<String> purposes() {
        return purposes;
    }

    Action action() {
        return action;
    }

    Instant now() {
        return now;
    }

    List<Party> receivers() {
        return receivers;
    }

    Course course() {
        return course;
    }

    List<Directive> directives() {
        return policy.directives();
    }

    /** Whether a machine can say that a directive covers as a permit. */
    Judgement judge(Directive directive, String purpose) {
        Judgement terms = ResearchTerms.judge(directive, purpose, request.research());
        return course.needsHuman() ? terms.and(Judgement.HUMAN) : terms;
    }

    /** Data of the scope of a proxy's authority, if it is limited. */
    Optional<Elements> scope() {
        return authority
                .flatMap(held -> Optional.ofNullable(held.scope().categories()))
                .map(categories -> categories.isEmpty()
                        ? Selectors.of()
                        : Selectors.of(Selector.ofCategories(categories.toArray(String[]::new))))
                .map(Elements.NONE::withSelectors);
    }

    boolean recipient() {
        return request.capacity() == Capacity.RECIPIENT;
    }

    boolean operator() {
        return request.capacity() == Capacity.OPERATOR;
    }

    boolean proxy() {
        return request.capacity() == Capacity.PROXY;
    }

    /** The authority under which a proxy acts, if it is in force. */
    Optional<Authority> authority() {
        return authority;
    }

    /** The operator has suspended the user, the application or a party. */
    boolean suspended() {
        return requester.anyOf(circumstances.suspendedParties());
    }

    /**
     * A proxy may ask: the authority is in force, no address is protected, and action and purposes are in scope. After death only
     * whom an after-death wish names.
     */
    boolean authorised() {
        if (course.addressProtected() || !request.verified()) {
            return false;
        } else if (course.deceased()) {
            return policy.directives().stream()
                    .anyMatch(directive -> directive.effect().permits()
                            && namesUser(directive.base().grantees())
                            && purposes.stream().allMatch(purpose -> course.failed(directive, purpose)
                                    .isEmpty()));
        }
        return authority.isPresent()
                && purposes.stream().allMatch(purpose -> authority.get().scope().allows(action, purpose));
    }

    /** The authority stands for this party: it covers the proxy, and no purpose that needs an emergency. */
    boolean authorityCovers(String purpose, Party party) {
        return authority.isPresent() && requester.isProxy(party) && !Grounds.needed(purpose);
    }

    /** The first element that keeps a directive from taking part for a purpose, as far as the call tells (§16.4). */
    Optional<Element> failed(Directive directive, String purpose) {
        return course.failed(directive, purpose).or(() -> {
            boolean permits = directive.effect().permits();
            Elements said = directive.base();
            Elements base = permits && said.countries() == null ? said.withCountries(JAPAN_CODE) : said;
            if (permits ? base.grantees() == null : !binds(directive)) {
                return purposeMatches(base, directive.effect(), purpose)
                        ? Optional.of(Element.GRANTEE)
                        : Optional.of(Element.PURPOSE);
            }
            return failed(base, directive.effect(), purpose).or(() -> unsaid(directive));
        });
    }

    /** The first element of a base or an exception that fails; what an exception does not say is no test. */
    Optional<Element> failed(Elements elements, Effect effect, String purpose) {
        if (elements.validity() != null && !elements.validity().contains(now)) {
            return Optional.of(Element.VALIDITY);
        } else if (!purposeMatches(elements, effect, purpose)) {
            return Optional.of(Element.PURPOSE);
        } else if (elements.grantees() != null && elements.grantees().stream().noneMatch(requester::matches)) {
            return Optional.of(Element.GRANTEE);
        } else if (elements.countries() != null && !anyCountry(elements.countries())) {
            return Optional.of(Element.COUNTRY);
        }
        boolean acts = elements.actions() == null || elements.actions().contains(action);
        return acts ? Optional.empty() : Optional.of(Element.ACTION);
    }

    /** The grantees that a directive permits stand for this party, in a country that is allowed; absent countries = Japan only. */
    boolean covers(Directive directive, Elements elements, String purpose, Party party) {
        return covers(elements, purpose, party) && !blocked(directive.grantor(), party);
    }

    /** What the elements permit covers this party. */
    boolean covers(Elements elements, String purpose, Party party) {
        Set<Grantee> grantees = elements.grantees();
        Set<String> countries = elements.countries() == null ? JAPAN : elements.countries();
        return grantees != null
                && (!Grounds.needed(purpose) || !grounds(purpose).isEmpty())
                && countries.contains(party.country())
                && grantees.stream().anyMatch(grantee -> requester.covers(grantee, party));
    }

    /** Emergencies that are open for this user and this purpose. */
    List<EmergencyGround> grounds(String purpose) {
        return recipient() ? Grounds.open(circumstances.emergencies(), purpose, requester, now) : List.of();
    }

    /** The person let an emergency override this deny, and there is one. */
    boolean givesWay(Directive deny, String purpose) {
        return deny.emergency() == Emergency.ALLOWED && !grounds(purpose).isEmpty();
    }

    /** A statutory order that gives the whole call its data. */
    List<StatutoryRule> statutory() {
        return circumstances.statutory().stream()
                .filter(rule -> (recipient() || operator()) && rule.approvers().size() > 1)
                .filter(rule -> purposes.stream().allMatch(purpose -> orders(rule.scope(), purpose)))
                .toList();
    }

    /** Until when nothing changes by the mere passing of time (§3, valid-until). */
    Instant validUntil() {
        Stream<Instant> edges = Stream.of(
                        policy.directives().stream().flatMap(Call::windows).flatMap(Call::edges),
                        circumstances.emergencies().stream()
                                .flatMap(ground -> Stream.of(ground.openedAt(), ground.closesAt())),
                        circumstances.authorities().stream().flatMap(Call::edges),
                        circumstances.statutory().stream()
                                .flatMap(rule -> Stream.ofNullable(rule.scope().validity()))
                                .flatMap(Call::edges),
                        course.nextChange().stream())
                .flatMap(instants -> instants);
        return edges.filter(now::isBefore).reduce(now.plus(LONGEST), (one, other) -> one.isBefore(other) ? one : other);
    }

    /** A deny under an authority does not bind its holders, unless it names them (§3). */
    private boolean binds(Directive deny) {
        boolean own = proxy()
                && deny.grantor().authority() != null
                && deny.grantor().authority().toString().equals(request.authority());
        return !own || namesUser(deny.base().grantees());
    }

    private boolean namesUser(@Nullable Set<Grantee> grantees) {
        return grantees != null
                && grantees.stream()
                        .anyMatch(grantee -> grantee.kind() == Grantee.Kind.PERSON && requester.isUser(grantee.id()));
    }

    /** What a permit must say and does not. */
    private Optional<Element> unsaid(Directive directive) {
        Elements base = directive.base();
        if (!directive.effect().permits()) {
            return Optional.empty();
        } else if (base.purposes() == null) {
            return Optional.of(Element.PURPOSE);
        } else if (base.actions() == null) {
            return Optional.of(Element.ACTION);
        } else if (base.selectors() == null) {
            return Optional.of(Element.SELECTOR);
        }
        return base.labels() == null ? Optional.of(Element.LABELS) : Optional.empty();
    }

    private boolean blocked(Grantor grantor, Party party) {
        return grantor.capacity() != Grantor.Capacity.SELF && Requester.among(party, circumstances.blockedParties());
    }

    private boolean orders(Elements scope, String purpose) {
        boolean said = scope.purposes() != null && scope.actions() != null && scope.selectors() != null;
        return said
                && failed(scope, Effect.PERMIT, purpose).isEmpty()
                && receivers.stream().allMatch(party -> covers(scope, purpose, party));
    }

    private static boolean purposeMatches(Elements elements, Effect effect, String purpose) {
        Set<String> stated = elements.purposes();
        return stated == null
                || stated.stream()
                        .anyMatch(code ->
                                effect.permits() ? Purposes.covers(code, purpose) : Purposes.catches(code, purpose));
    }

    private boolean anyCountry(Set<String> countries) {
        return receivers.stream().anyMatch(party -> countries.contains(party.country()));
    }

    private static Stream<Window> windows(Directive directive) {
        return Stream.concat(
                        Stream.of(directive.base()),
                        directive.exceptions().stream().map(ExceptionClause::elements))
                .flatMap(elements -> Stream.ofNullable(elements.validity()));
    }

    private static Stream<Instant> edges(Window window) {
        return Stream.concat(Stream.ofNullable(window.from()), Stream.ofNullable(window.until()));
    }

    private static Stream<Instant> edges(Authority authority) {
        return Stream.concat(
                edges(authority.validity()),
                Stream.concat(
                        Stream.ofNullable(authority.reviewDue()),
                        Stream.ofNullable(authority.supervisorAppointedAt())));
    }
}
