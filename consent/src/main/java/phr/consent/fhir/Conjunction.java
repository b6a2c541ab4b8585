package phr.consent.fhir;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Effect;
import phr.consent.directive.Elements;
import phr.consent.directive.Selector;
import phr.consent.directive.Selectors;
import phr.consent.directive.Window;

/**
 * A deny that holds where two provisions around it hold (consent-semantics.md §17.2, two levels). What one directive cannot say
 * of both is said of the inner one only, so the deny never becomes narrower.
 */
final class Conjunction {

    private Conjunction() {}

    static Provision of(Provision outer, Provision inner) {
        Elements one = outer.stated();
        Elements other = inner.stated();
        boolean deny = !outer.permits();
        Elements both = new Elements(
                other.grantees() == null ? one.grantees() : other.grantees(),
                other.purposes() == null ? one.purposes() : other.purposes(),
                other.actions() == null ? one.actions() : other.actions(),
                selectors(one.selectors(), other.selectors()),
                other.labels() == null && deny ? one.labels() : other.labels(),
                other.countries() == null && deny ? one.countries() : other.countries(),
                window(one.dataPeriod(), other.dataPeriod()),
                window(one.validity(), other.validity()));
        return new Provision(inner.json(), inner.path(), Effect.DENY, true, both, Set.of(), List.of());
    }

    /** Times that have nothing in common are kept as the inner one says. */
    private static @Nullable Window window(@Nullable Window one, @Nullable Window other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        Instant from =
                one.from() == null || other.from() != null && other.from().isAfter(one.from())
                        ? other.from()
                        : one.from();
        Instant until =
                one.until() == null || other.until() != null && other.until().isBefore(one.until())
                        ? other.until()
                        : one.until();
        boolean empty = from != null && until != null && !from.isBefore(until);
        return empty ? other : new Window(from, until);
    }

    private static @Nullable Selectors selectors(@Nullable Selectors one, @Nullable Selectors other) {
        if (one == null || one.all() || other == null || other.all()) {
            return other == null || other.all() && one != null ? one : other;
        }
        List<Selector> both = new ArrayList<>();
        for (Selector outer : one.list()) {
            for (Selector inner : other.list()) {
                both.add(selector(outer, inner));
            }
        }
        return new Selectors(false, both);
    }

    private static Selector selector(Selector one, Selector other) {
        return new Selector(
                facet(one.resourceTypes(), other.resourceTypes()),
                facet(one.documentTypes(), other.documentTypes()),
                facet(one.categories(), other.categories()),
                facet(one.codes(), other.codes()),
                facet(one.labels(), other.labels()),
                facet(one.instances(), other.instances()),
                facet(one.authors(), other.authors()),
                facet(one.sources(), other.sources()),
                other.relatedTo().isEmpty() ? one.relatedTo() : other.relatedTo());
    }

    /** Both name values: a resource may carry several of most facets, so the inner names are kept. */
    private static Set<String> facet(Set<String> one, Set<String> other) {
        return other.isEmpty() ? new HashSet<>(one) : other;
    }
}
