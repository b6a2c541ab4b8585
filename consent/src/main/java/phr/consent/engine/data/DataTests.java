package phr.consent.engine.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phr.consent.Predicate;
import phr.consent.Predicate.SetFact;
import phr.consent.directive.Effect;
import phr.consent.directive.Elements;
import phr.consent.directive.LabelRule;
import phr.consent.directive.Selector;
import phr.consent.directive.Selectors;
import phr.consent.directive.Sensitivities;
import phr.consent.directive.Window;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.PhrCategory;

/**
 * The data-level half of matching as predicates (consent-semantics.md §4.1–§4.3, §5, §6, table of §14.1): selectors, labels, data
 * time. Each effect has its own reading of what is unknown.
 */
public final class DataTests {

    /** Resources without clinical content of their own, released with what refers to them (§4.2). */
    public static final Set<String> SUPPORTING =
            Set.of("Organization", "Practitioner", "PractitionerRole", "Location", "Device", "Medication", "Substance");

    /** Types to which a relation gathers what refers to them (§4.3). */
    static final Set<String> GATHERING = Set.of("Encounter", "EpisodeOfCare", "CarePlan");

    static final String RAW_FILE = PhrCategory.RAW_FILE.code();

    /** Types that hold originals: one of unknown category may be one. */
    static final Set<String> FILES = Set.of("Binary", "DocumentReference");

    private static final Set<String> CATEGORIES =
            Stream.of(PhrCategory.values()).map(PhrCategory::code).collect(Collectors.toUnmodifiableSet());

    private DataTests() {}

    /** What the elements say about data; an absent element is no test. */
    public static Predicate of(Elements elements, Effect effect) {
        return Folding.all(selectors(elements.selectors(), effect), rest(elements, effect));
    }

    /**
     * The same for a supporting resource: only selectors by type, code or instance, and only when there is one; ALL does not
     * name it.
     */
    public static Predicate supporting(Elements elements, Effect effect) {
        if (elements.selectors() == null || elements.selectors().all()) {
            return Predicate.NEVER;
        }
        List<Selector> named = elements.selectors().list().stream()
                .filter(Selector::onlyIdentity)
                .toList();
        return Folding.all(selectors(new Selectors(false, named), effect), rest(elements, effect));
    }

    public static Predicate selectors(@Nullable Selectors selectors, Effect effect) {
        if (selectors == null || selectors.all()) {
            return Predicate.ALWAYS;
        }
        Set<String> whole = wholeCategories(selectors);
        return Folding.any(selectors.list().stream()
                .map(selector -> selector(selector, effect, whole))
                .toList());
    }

    /** Categories that some selector opens without further condition. */
    static Set<String> wholeCategories(Selectors selectors) {
        return selectors.list().stream()
                .filter(Selector::onlyCategories)
                .flatMap(selector -> selector.categories().stream())
                .collect(Collectors.toSet());
    }

    private static Predicate rest(Elements elements, Effect effect) {
        Predicate labels = elements.labels() == null ? Predicate.ALWAYS : labels(elements.labels(), effect);
        return Folding.all(labels, time(elements.dataPeriod(), effect));
    }

    private static Predicate selector(Selector selector, Effect effect, Set<String> whole) {
        boolean unknown = !effect.permits();
        List<Predicate> facets = new ArrayList<>();
        addIn(facets, Predicate.Scalar.TYPE, selector.resourceTypes());
        addIn(facets, Predicate.Scalar.DOCUMENT_TYPE, selector.documentTypes());
        addIn(facets, Predicate.Scalar.REFERENCE, selector.instances());
        addOverlap(facets, SetFact.CATEGORIES, selector.categories(), unknown);
        addOverlap(facets, SetFact.CODES, selector.codes(), unknown);
        addOverlap(facets, SetFact.AUTHORS, selector.authors(), unknown);
        if (!selector.labels().isEmpty()) {
            facets.add(carries(selector.labels(), effect));
        }
        if (!selector.sources().isEmpty()) {
            facets.add(Folding.any(
                    new Predicate.In(Predicate.Scalar.SOURCE, selector.sources()),
                    new Predicate.In(Predicate.Scalar.DEVICE, selector.sources())));
        }
        if (!selector.relatedTo().isEmpty()) {
            facets.add(Folding.any(selector.relatedTo().stream()
                    .map(relation -> related(relation, effect))
                    .toList()));
        }
        if (effect.permits()) {
            facets.add(originals(selector, whole));
        }
        return Folding.all(facets);
    }

    /**
     * An original file carries every category of what was mapped from it: a permit must name {@code raw-file} and cover each of
     * them (§8).
     */
    private static Predicate originals(Selector selector, Set<String> whole) {
        boolean byInstance = !selector.instances().isEmpty();
        Predicate original = byInstance
                ? new Predicate.Overlaps(SetFact.CATEGORIES, Set.of(RAW_FILE), false)
                : Folding.any(
                        new Predicate.Overlaps(SetFact.CATEGORIES, Set.of(RAW_FILE), false),
                        Folding.all(
                                new Predicate.In(Predicate.Scalar.TYPE, FILES),
                                new Predicate.Overlaps(SetFact.CATEGORIES, Set.of(RAW_FILE), true)));
        if (!selector.categories().contains(RAW_FILE)) {
            return Folding.not(original);
        }
        Set<String> uncovered = CATEGORIES.stream()
                .filter(category -> !selector.categories().contains(category) && !whole.contains(category))
                .collect(Collectors.toSet());
        return Folding.any(
                Folding.not(original), Folding.not(new Predicate.Overlaps(SetFact.CATEGORIES, uncovered, true)));
    }

    private static Predicate related(Selector.RelatedTo relation, Effect effect) {
        String target = relation.reference();
        Predicate itself = new Predicate.In(Predicate.Scalar.REFERENCE, Set.of(target));
        Predicate refersToIt = new Predicate.Overlaps(SetFact.LINKS_OUT, Set.of(target), false);
        Predicate referredByIt = new Predicate.Overlaps(SetFact.LINKS_IN, Set.of(target), false);
        if (!effect.permits()) {
            return Folding.any(itself, refersToIt, referredByIt);
        }
        return Folding.any(itself, gathers(relation) ? refersToIt : referredByIt);
    }

    static boolean gathers(Selector.RelatedTo relation) {
        String type = relation.reference().substring(0, relation.reference().indexOf('/'));
        return relation.meaning() == Selector.Meaning.DEPENDENTS || GATHERING.contains(type);
    }

    private static Predicate carries(Set<String> labels, Effect effect) {
        Predicate carries = new Predicate.SensitivitiesOverlap(Sensitivities.closed(labels));
        return effect.permits()
                ? Folding.all(new Predicate.Labelled(), carries)
                : Folding.any(Folding.not(new Predicate.Labelled()), carries);
    }

    private static Predicate labels(LabelRule labels, Effect effect) {
        if (labels.any()) {
            return Predicate.ALWAYS;
        }
        return effect.permits() ? ceiling(labels) : threshold(labels);
    }

    private static Predicate ceiling(LabelRule labels) {
        Confidentiality max = labels.level();
        if (max == null) {
            return Predicate.NEVER;
        }
        if (labels.anySensitivity()) {
            return new Predicate.AtMost(max);
        }
        Predicate restrictedForReason = Folding.all(
                new Predicate.AtMost(Confidentiality.R),
                Folding.not(new Predicate.AtMost(Confidentiality.N)),
                new Predicate.Sensitive());
        Predicate level = max.atMost(Confidentiality.N)
                ? Folding.any(new Predicate.AtMost(max), restrictedForReason)
                : new Predicate.AtMost(max);
        return Folding.all(new Predicate.Labelled(), new Predicate.SensitivitiesWithin(labels.closed()), level);
    }

    private static Predicate threshold(LabelRule labels) {
        List<Predicate> parts = new ArrayList<>();
        Confidentiality min = labels.level();
        if (min == Confidentiality.U) {
            return Predicate.ALWAYS;
        } else if (min != null) {
            parts.add(Folding.not(new Predicate.AtMost(Confidentiality.values()[min.ordinal() - 1])));
        }
        if (!labels.sensitivities().isEmpty()) {
            parts.add(Folding.not(new Predicate.Labelled()));
            parts.add(new Predicate.SensitivitiesOverlap(labels.closed()));
        }
        return Folding.any(parts);
    }

    private static Predicate time(@Nullable Window period, Effect effect) {
        if (period == null || period.any()) {
            return Predicate.ALWAYS;
        }
        return effect.permits()
                ? new Predicate.TimeWithin(period.from(), period.until())
                : new Predicate.TimeTouches(period.from(), period.until());
    }

    private static void addIn(List<Predicate> facets, Predicate.Scalar fact, Set<String> values) {
        if (!values.isEmpty()) {
            facets.add(new Predicate.In(fact, values));
        }
    }

    private static void addOverlap(List<Predicate> facets, SetFact fact, Set<String> values, boolean whenUnknown) {
        if (!values.isEmpty()) {
            facets.add(new Predicate.Overlaps(fact, values, whenUnknown));
        }
    }
}
