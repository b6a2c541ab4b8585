package phr.consent.directive;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ResourceType;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.PhrCategory;

/** Reads the elements that a directive and its exceptions share; the effect decides how {@code labels} read. */
final class ElementsReader {

    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final Pattern REFERENCE = Pattern.compile("[A-Z][A-Za-z]{1,63}/[A-Za-z0-9.-]{1,64}");
    private static final Set<String> CATEGORIES =
            Stream.of(PhrCategory.values()).map(PhrCategory::code).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> TYPES =
            Stream.of(ResourceType.values()).map(ResourceType::name).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> ACTIONS =
            Stream.of(Action.values()).map(Action::code).collect(Collectors.toUnmodifiableSet());

    private static final Set<String> SELECTOR_FIELDS = Set.of(
            "resourceType", "documentType", "category", "code", "label", "instance", "author", "source", "relatedTo");

    private final Effect effect;

    ElementsReader(Effect effect) {
        this.effect = effect;
    }

    Elements read(Fields fields) {
        return new Elements(
                grantees(fields),
                purposes(fields),
                actions(fields),
                selectors(fields),
                labels(fields),
                fields.texts("countries", COUNTRY.asMatchPredicate()),
                dataPeriod(fields),
                fields.has("validity") ? window(fields, "validity") : null);
    }

    private static @Nullable Set<Grantee> grantees(Fields fields) {
        if (!fields.has("grantees")) {
            return null;
        }
        return fields.objects("grantees", Set.of("kind", "id", "organisation", "includeUnits")).stream()
                .map(ElementsReader::grantee)
                .flatMap(Stream::ofNullable)
                .collect(Collectors.toSet());
    }

    private static @Nullable Grantee grantee(Fields fields) {
        if (!fields.has("kind")) {
            fields.problem("is required", "kind");
        }
        Grantee.Kind kind = fields.choice("kind", Grantee.Kind.values(), Grantee.Kind::name);
        if (kind == null) {
            return null;
        }
        boolean any = kind == Grantee.Kind.ANY;
        if (any && fields.has("id")) {
            fields.problem("does not belong to ANY", "id");
        }
        String id = any ? "" : fields.requiredText("id");
        if (kind == Grantee.Kind.CLASS && !Grantee.CLASSES.contains(id)) {
            fields.problem("is none of the allowed values", "id");
        }
        onlyFor(Grantee.Kind.ROLE, kind, "organisation", fields);
        onlyFor(Grantee.Kind.ORGANISATION, kind, "includeUnits", fields);
        return new Grantee(kind, id, fields.text("organisation"), fields.flag("includeUnits"));
    }

    private static void onlyFor(Grantee.Kind owner, Grantee.Kind kind, String field, Fields fields) {
        if (kind != owner && fields.has(field)) {
            fields.problem("belongs to " + owner + " only", field);
        }
    }

    private static @Nullable Set<String> purposes(Fields fields) {
        Set<String> purposes = fields.texts("purposes", text -> true);
        return purposes == null ? null : purposes.stream().map(Purposes::bare).collect(Collectors.toSet());
    }

    private static @Nullable Set<Action> actions(Fields fields) {
        Set<String> codes = fields.texts("actions", ACTIONS::contains);
        if (codes == null) {
            return null;
        }
        return Stream.of(Action.values())
                .filter(action -> codes.contains(action.code()))
                .collect(Collectors.toSet());
    }

    private static @Nullable Selectors selectors(Fields fields) {
        if (!fields.has("selectors")) {
            return null;
        }
        if (fields.is("selectors", "ALL")) {
            return Selectors.ALL;
        }
        List<Selector> list = fields.objects("selectors", SELECTOR_FIELDS).stream()
                .map(ElementsReader::selector)
                .toList();
        return new Selectors(false, list);
    }

    private static Selector selector(Fields fields) {
        Selector selector = new Selector(
                facet(fields, "resourceType", TYPES::contains),
                facet(fields, "documentType", ElementsReader::systemAndCode),
                facet(fields, "category", CATEGORIES::contains),
                facet(fields, "code", ElementsReader::systemAndCode),
                sensitivities(facet(fields, "label", text -> Sensitivities.known(Sensitivities.bare(text)))),
                facet(fields, "instance", REFERENCE.asMatchPredicate()),
                facet(fields, "author", text -> true),
                facet(fields, "source", text -> true),
                relatedTo(fields));
        if (SELECTOR_FIELDS.stream().noneMatch(fields::has)) {
            fields.problem("names no facet; all data are the value ALL", "");
        }
        return selector;
    }

    private static Set<String> facet(Fields fields, String name, Predicate<String> allowed) {
        Set<String> values = fields.texts(name, allowed);
        return values == null ? Set.of() : values;
    }

    private static List<Selector.RelatedTo> relatedTo(Fields fields) {
        return fields.objects("relatedTo", Set.of("meaning", "reference")).stream()
                .map(relation -> {
                    String meaning = relation.requiredText("meaning");
                    String reference = relation.requiredText("reference");
                    if (!Set.of("related", "dependents").contains(meaning)) {
                        relation.problem("is none of the allowed values", "meaning");
                    }
                    if (!REFERENCE.matcher(reference).matches()) {
                        relation.problem("must be Type/id", "reference");
                    }
                    return new Selector.RelatedTo(
                            meaning.equals("related") ? Selector.Meaning.RELATED : Selector.Meaning.DEPENDENTS,
                            reference);
                })
                .toList();
    }

    private @Nullable LabelRule labels(Fields fields) {
        if (!fields.has("labels")) {
            return null;
        }
        if (fields.is("labels", "ANY")) {
            return LabelRule.ANY;
        }
        String level = effect.permits() ? "max" : "min";
        Fields rule = Objects.requireNonNull(fields.object("labels", Set.of(level, "sensitivities")));
        Confidentiality bound = rule.choice(level, Confidentiality.values(), Confidentiality::name);
        if (effect.permits() && rule.is("sensitivities", "ANY")) {
            return required(rule, bound, new LabelRule(false, bound, true, Set.of()));
        }
        Set<String> codes = rule.texts("sensitivities", text -> Sensitivities.known(Sensitivities.bare(text)), true);
        Set<String> bare = codes == null ? Set.of() : sensitivities(codes);
        return required(rule, bound, new LabelRule(false, bound, false, bare));
    }

    private LabelRule required(Fields rule, @Nullable Confidentiality bound, LabelRule labels) {
        if (effect.permits()) {
            if (!rule.has("max")) {
                rule.problem("is required", "max");
            }
            if (!rule.has("sensitivities")) {
                rule.problem("is required; an empty list is none", "sensitivities");
            }
        } else if (bound == null && labels.sensitivities().isEmpty()) {
            rule.problem("or sensitivities is required; all labels are the value ANY", "min");
        }
        return labels;
    }

    private static @Nullable Window dataPeriod(Fields fields) {
        if (!fields.has("dataPeriod")) {
            return null;
        }
        return fields.is("dataPeriod", "ANY") ? Window.ANY : window(fields, "dataPeriod");
    }

    private static Window window(Fields fields, String name) {
        Fields period = Objects.requireNonNull(fields.object(name, Set.of("start", "end")));
        Instant from = period.time("start", Times::start);
        Instant until = period.time("end", Times::end);
        if (!period.has("start") && !period.has("end")) {
            fields.problem("needs a start or an end", name);
        }
        if (from != null && until != null && !from.isBefore(until)) {
            period.problem("lies before the start", "end");
        }
        return new Window(from, until);
    }

    private static Set<String> sensitivities(Set<String> codes) {
        Set<String> bare = new HashSet<>();
        codes.forEach(code -> bare.add(Sensitivities.bare(code)));
        return bare;
    }

    private static boolean systemAndCode(String text) {
        int bar = text.indexOf('|');
        return bar > 0 && bar < text.length() - 1;
    }
}
