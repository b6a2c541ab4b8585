package phr.consent.engine;

import java.util.ArrayList;
import java.util.List;
import phr.consent.directive.Directive;
import phr.consent.directive.Effect;
import phr.consent.directive.Elements;
import phr.consent.directive.ExceptionClause;
import phr.consent.directive.Grantee;

/**
 * The exceptions of a directive that match a call, by effect (consent-semantics.md §4.4).
 *
 * @param denying a deny exception says only its own elements: what it inherits is implied by the base
 * @param permitting a permit exception with what it inherits, tested by the rules of a permit: unknown facts are not lifted
 */
record Clauses(List<Clause> denying, List<Clause> permitting) {

    private static final Clauses NONE = new Clauses(List.of(), List.of());

    /**
     * One exception.
     *
     * @param index its place in the directive
     */
    record Clause(int index, Elements elements) {}

    static Clauses of(Directive directive, Call call, String purpose) {
        if (directive.exceptions().isEmpty()) {
            return NONE;
        }
        List<Clause> denying = new ArrayList<>();
        List<Clause> permitting = new ArrayList<>();
        for (int i = 0; i < directive.exceptions().size(); i++) {
            ExceptionClause exception = directive.exceptions().get(i);
            boolean permits = exception.effect().permits();
            Elements elements = permits ? inherit(exception.elements(), directive.base()) : exception.elements();
            if (call.failed(elements, permits ? Effect.PERMIT : Effect.DENY, purpose)
                    .isEmpty()) {
                (permits ? permitting : denying).add(new Clause(i, elements));
            }
        }
        return new Clauses(denying, permitting);
    }

    /** A permit exception counts as a permit only when somebody is named and a purpose is. */
    static boolean countsAsPermit(Elements exception) {
        return exception.purposes() != null
                && exception.grantees() != null
                && exception.grantees().stream().anyMatch(grantee -> grantee.kind() != Grantee.Kind.ANY);
    }

    /** The grantees it covers are the named ones. */
    static Elements named(Elements exception) {
        Grantee[] named = exception.grantees() == null
                ? new Grantee[0]
                : exception.grantees().stream()
                        .filter(grantee -> grantee.kind() != Grantee.Kind.ANY)
                        .toArray(Grantee[]::new);
        return exception.withGrantees(named);
    }

    /** A deny's label threshold has no reading as a ceiling, so labels are not inherited. */
    private static Elements inherit(Elements own, Elements base) {
        return new Elements(
                own.grantees() == null ? base.grantees() : own.grantees(),
                own.purposes() == null ? base.purposes() : own.purposes(),
                own.actions() == null ? base.actions() : own.actions(),
                own.selectors() == null ? base.selectors() : own.selectors(),
                own.labels(),
                own.countries() == null ? base.countries() : own.countries(),
                own.dataPeriod() == null ? base.dataPeriod() : own.dataPeriod(),
                own.validity());
    }
}
