package phr.consent.simulation;

import java.util.Set;
import phr.consent.directive.Directive;
import phr.consent.directive.Elements;
import phr.consent.directive.Purposes;
import phr.consent.directive.Selector;
import phr.consent.directive.Selectors;
import phr.consent.lifecourse.Authority;

/** Whether a permit stays inside what an authority may grant (L-3). */
final class Scopes {

    private Scopes() {}

    static boolean cover(Authority.Scope scope, Directive permit) {
        Elements base = permit.base();
        return actions(scope, base) && purposes(scope, base) && categories(scope, base.selectors());
    }

    private static boolean actions(Authority.Scope scope, Elements base) {
        return scope.actions() == null
                || base.actions() != null && scope.actions().containsAll(base.actions());
    }

    private static boolean purposes(Authority.Scope scope, Elements base) {
        Set<String> allowed = scope.purposes();
        return allowed == null
                || base.purposes() != null
                        && base.purposes().stream()
                                .allMatch(code -> allowed.stream().anyMatch(whole -> Purposes.covers(whole, code)));
    }

    /** Data that are not named by category may lie anywhere. */
    private static boolean categories(Authority.Scope scope, @org.jspecify.annotations.Nullable Selectors selectors) {
        Set<String> allowed = scope.categories();
        if (allowed == null) {
            return true;
        }
        return selectors != null
                && !selectors.all()
                && selectors.list().stream().allMatch(selector -> in(selector, allowed));
    }

    private static boolean in(Selector selector, Set<String> allowed) {
        return !selector.categories().isEmpty() && allowed.containsAll(selector.categories());
    }
}
