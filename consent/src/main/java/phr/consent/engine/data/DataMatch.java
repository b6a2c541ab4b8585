package phr.consent.engine.data;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.consent.Referrers;
import phr.consent.directive.Effect;
import phr.consent.directive.Elements;
import phr.consent.directive.LabelRule;
import phr.consent.directive.Selector;
import phr.consent.directive.Selectors;
import phr.consent.directive.Sensitivities;
import phr.consent.trace.Element;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Tokens;

/** The data-level half of matching, asked of one resource directly (consent-semantics.md §4.1–§4.3, §5, §6). */
public final class DataMatch {

    private final Facts facts;
    private final Referrers referrers;

    public DataMatch(Facts facts, Referrers referrers) {
        this.facts = facts;
        this.referrers = referrers;
    }

    public boolean matches(Elements elements, Effect effect) {
        return failed(elements, effect).isEmpty();
    }

    /** The first element about data that does not match: SELECTOR, LABELS, DATA_PERIOD. */
    public Optional<Element> failed(Elements elements, Effect effect) {
        if (!selected(elements, effect)) {
            return Optional.of(Element.SELECTOR);
        } else if (!labels(elements, effect)) {
            return Optional.of(Element.LABELS);
        }
        return time(elements, effect) ? Optional.empty() : Optional.of(Element.DATA_PERIOD);
    }

    public boolean selected(Elements elements, Effect effect) {
        Selectors selectors = elements.selectors();
        return selectors == null
                || selectors.all()
                || selectors.list().stream().anyMatch(selector -> selected(selector, selectors, effect));
    }

    /** A deny names this supporting resource by type, code or instance. */
    public boolean deniesSupporting(Elements elements) {
        if (elements.selectors() == null || elements.selectors().all()) {
            return false;
        }
        List<Selector> named = elements.selectors().list().stream()
                .filter(Selector::onlyIdentity)
                .toList();
        return named.stream().anyMatch(selector -> facets(selector, Effect.DENY))
                && labels(elements, Effect.DENY)
                && time(elements, Effect.DENY);
    }

    private boolean labels(Elements elements, Effect effect) {
        LabelRule rule = elements.labels();
        return rule == null || (effect.permits() ? rule.covers(facts.labels()) : rule.catches(facts.labels()));
    }

    private boolean time(Elements elements, Effect effect) {
        return elements.dataPeriod() == null
                || (effect.permits()
                        ? elements.dataPeriod().covers(facts.time())
                        : elements.dataPeriod().touches(facts.time()));
    }

    private boolean selected(Selector selector, Selectors all, Effect effect) {
        return facets(selector, effect) && (!effect.permits() || original(selector, all));
    }

    private boolean facets(Selector selector, Effect effect) {
        boolean unknown = !effect.permits();
        return oneOf(selector.resourceTypes(), facts.type())
                && oneOf(selector.documentTypes(), facts.documentType())
                && oneOf(selector.instances(), facts.reference())
                && shares(selector.categories(), facts.categories(), unknown)
                && shares(selector.codes(), facts.codes(), unknown)
                && shares(selector.authors(), facts.authors(), unknown)
                && carries(selector.labels(), unknown)
                && fromSource(selector.sources())
                && related(selector.relatedTo(), effect);
    }

    private boolean original(Selector selector, Selectors all) {
        Tokens categories = facts.categories();
        if (categories.unknown()) {
            boolean named = !selector.instances().isEmpty() || !DataTests.FILES.contains(facts.type());
            return named && !selector.categories().contains(DataTests.RAW_FILE);
        }
        if (!categories.values().contains(DataTests.RAW_FILE)) {
            return true;
        }
        Set<String> covered = new HashSet<>(DataTests.wholeCategories(all));
        covered.addAll(selector.categories());
        return selector.categories().contains(DataTests.RAW_FILE) && covered.containsAll(categories.values());
    }

    private static boolean oneOf(Set<String> facet, @Nullable String value) {
        return facet.isEmpty() || value != null && facet.contains(value);
    }

    private static boolean shares(Set<String> facet, Tokens fact, boolean whenUnknown) {
        return facet.isEmpty() || (fact.unknown() ? whenUnknown : !Collections.disjoint(facet, fact.values()));
    }

    private boolean carries(Set<String> facet, boolean whenUnlabelled) {
        if (facet.isEmpty()) {
            return true;
        }
        boolean carries = !Collections.disjoint(
                Sensitivities.closed(facet), facts.labels().sensitivities());
        return facts.labels().labelled() ? carries : whenUnlabelled;
    }

    private boolean fromSource(Set<String> facet) {
        return facet.isEmpty()
                || facts.source() != null && facet.contains(facts.source())
                || facts.device() != null && facet.contains(facts.device());
    }

    private boolean related(List<Selector.RelatedTo> facet, Effect effect) {
        return facet.isEmpty() || facet.stream().anyMatch(relation -> related(relation, effect));
    }

    private boolean related(Selector.RelatedTo relation, Effect effect) {
        String target = relation.reference();
        if (facts.reference().equals(target)) {
            return true;
        }
        boolean refersToIt = facts.linksOut().contains(target);
        if (!effect.permits()) {
            return refersToIt || referredBy(target);
        }
        return DataTests.gathers(relation) ? refersToIt : referredBy(target);
    }

    private boolean referredBy(String target) {
        Collection<Facts> linksIn = referrers.of(facts.reference());
        return linksIn.stream().map(Facts::reference).anyMatch(target::equals);
    }
}
