package phr.consent.authority;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.consent.directive.Directive;
import phr.consent.directive.Elements;
import phr.consent.directive.Purposes;
import phr.consent.directive.Selectors;
import phr.consent.lifecourse.Authority;

/**
 * Whether a directive stays inside the scope of an authority (consent-semantics.md §10.1, L-3). What a directive leaves open reaches
 * outside every limit.
 */
final class InScope {

    private InScope() {}

    static boolean is(Directive directive, Authority.Scope scope) {
        Elements base = directive.base();
        return purposes(scope.purposes(), base.purposes())
                && actions(scope.actions(), base.actions())
                && categories(scope.categories(), base.selectors());
    }

    private static boolean purposes(@Nullable Set<String> limit, @Nullable Set<String> stated) {
        return limit == null
                || stated != null
                        && stated.stream()
                                .allMatch(purpose -> limit.stream().anyMatch(code -> Purposes.covers(code, purpose)));
    }

    private static boolean actions(@Nullable Set<Action> limit, @Nullable Set<Action> stated) {
        return limit == null || stated != null && limit.containsAll(stated);
    }

    private static boolean categories(@Nullable Set<String> limit, @Nullable Selectors stated) {
        return limit == null
                || stated != null
                        && !stated.all()
                        && stated.list().stream()
                                .allMatch(selector ->
                                        !selector.categories().isEmpty() && limit.containsAll(selector.categories()));
    }
}
