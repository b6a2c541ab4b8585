package phr.consent.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import phr.consent.AccessRequest;
import phr.consent.Action;
import phr.consent.Party;
import phr.consent.directive.Directive;
import phr.consent.directive.Effect;
import phr.consent.directive.Elements;
import phr.consent.directive.ExceptionClause;
import phr.consent.directive.Grantee;
import phr.consent.directive.Phase;
import phr.consent.directive.Purposes;
import phr.consent.directive.Window;

/**
 * The call-level half of matching: state, phase, validity, purpose, grantee, country, action (consent-semantics.md §2, §4.1).
 * True or false for a whole call, whatever the resource.
 */
final class Call {

    /** Purposes that need an emergency ground; without one no permit covers (§3). */
    private static final Set<String> NEED_GROUND = Set.of("BTG", "DISASTER");

    private static final Set<String> JAPAN = Set.of("JP");
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final Requester requester;
    private final Action action;
    private final List<String> purposes;
    private final Instant now;

    Call(AccessRequest request, Action action, Instant now) {
        this.requester = new Requester(request);
        this.action = action;
        this.purposes =
                request.purposes().stream().map(Purposes::bare).distinct().toList();
        this.now = now;
    }

    List<String> purposes() {
        return purposes;
    }

    Action action() {
        return action;
    }

    List<Party> receivers() {
        return requester.receivers();
    }

    /** The directive takes part now: state, phase (nobody's death is known here) and validity. */
    boolean inForce(Directive directive) {
        boolean alive = directive.phase() == null || directive.phase() == Phase.LIFE;
        return alive && directive.state().acts(directive.effect()) && valid(directive.base());
    }

    /** The base of a permit matches: nothing that a permit must say is missing, and one facet of the requester is named. */
    boolean permitMatches(Elements base, String purpose) {
        return base.grantees() != null
                && base.purposes() != null
                && base.actions() != null
                && base.selectors() != null
                && base.labels() != null
                && matches(base, Effect.PERMIT, purpose)
                && anyCountry(base.countries() == null ? JAPAN : base.countries());
    }

    /** The base of a deny, or an exception of this effect, matches; what it does not say is no test. */
    boolean matches(Elements elements, Effect effect, String purpose) {
        return valid(elements)
                && purposeMatches(elements, effect, purpose)
                && (elements.actions() == null || elements.actions().contains(action))
                && (elements.grantees() == null || elements.grantees().stream().anyMatch(requester::matches))
                && (elements.countries() == null || anyCountry(elements.countries()));
    }

    /** The permitted grantees stand for this party, in a country that is allowed; absent countries = Japan only. */
    boolean covers(Elements elements, String purpose, Party party) {
        Set<Grantee> grantees = elements.grantees();
        Set<String> countries = elements.countries() == null ? JAPAN : elements.countries();
        return grantees != null
                && !NEED_GROUND.contains(purpose)
                && countries.contains(party.country())
                && grantees.stream().anyMatch(grantee -> requester.covers(grantee, party));
    }

    /** Until when nothing changes by the mere passing of time (§3, valid-until). */
    Instant validUntil(List<Directive> directives) {
        return directives.stream()
                .flatMap(Call::windows)
                .flatMap(window -> Stream.concat(Stream.ofNullable(window.from()), Stream.ofNullable(window.until())))
                .filter(now::isBefore)
                .reduce(now.plus(LONGEST), (one, other) -> one.isBefore(other) ? one : other);
    }

    private static Stream<Window> windows(Directive directive) {
        return Stream.concat(
                        Stream.of(directive.base()),
                        directive.exceptions().stream().map(ExceptionClause::elements))
                .flatMap(elements -> Stream.ofNullable(elements.validity()));
    }

    private boolean valid(Elements elements) {
        return elements.validity() == null || elements.validity().contains(now);
    }

    private static boolean purposeMatches(Elements elements, Effect effect, String purpose) {
        Set<String> stated = elements.purposes();
        return stated == null
                || stated.stream()
                        .anyMatch(code ->
                                effect.permits() ? Purposes.covers(code, purpose) : Purposes.catches(code, purpose));
    }

    private boolean anyCountry(Set<String> countries) {
        return requester.receivers().stream().anyMatch(party -> countries.contains(party.country()));
    }
}
