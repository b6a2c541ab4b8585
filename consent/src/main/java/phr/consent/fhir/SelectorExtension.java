package phr.consent.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Selector;
import phr.consent.directive.Selectors;

/** A selector that class, code and data of a provision cannot say, as modifier extension: one part per facet and value. */
final class SelectorExtension {

    private static final Set<String> FACETS = Set.of(
            "resourceType",
            "documentType",
            "category",
            "code",
            "label",
            "instance",
            "author",
            "source",
            "related",
            "dependents");

    private SelectorExtension() {}

    static void write(ArrayNode extensions, Selector selector) {
        ObjectNode extension = extensions.addObject().put("url", Vocabulary.SELECTOR);
        ArrayNode parts = extension.putArray("extension");
        parts(parts, "resourceType", selector.resourceTypes());
        parts(parts, "documentType", selector.documentTypes());
        parts(parts, "category", selector.categories());
        parts(parts, "code", selector.codes());
        parts(parts, "label", selector.labels());
        parts(parts, "instance", selector.instances());
        parts(parts, "author", selector.authors());
        parts(parts, "source", selector.sources());
        selector.relatedTo()
                .forEach(relation ->
                        part(parts, relation.meaning().name().toLowerCase(Locale.ROOT), relation.reference()));
    }

    private static void parts(ArrayNode parts, String facet, Set<String> values) {
        values.stream().sorted().forEach(value -> part(parts, facet, value));
    }

    private static void part(ArrayNode parts, String facet, String value) {
        parts.addObject().put("url", facet).put("valueString", value);
    }

    /** Null, and a finding, when one cannot be read. */
    static @Nullable Selectors read(List<JsonNode> extensions, Judgement judgement, String path) {
        List<Selector> selectors = new ArrayList<>();
        for (JsonNode extension : extensions) {
            Map<String, Set<String>> facets = new HashMap<>();
            boolean understood = true;
            for (JsonNode part : Tree.list(extension, "extension")) {
                String facet = Tree.text(part, "url");
                String value = Tree.text(part, "valueString");
                understood &= facet != null && value != null && FACETS.contains(facet) && known(facet, value);
                facets.computeIfAbsent(String.valueOf(facet), name -> new LinkedHashSet<>())
                        .add(String.valueOf(value));
            }
            if (!understood || facets.isEmpty()) {
                judgement.unusable(path + ".modifierExtension", "a selector cannot be read");
                return null;
            }
            selectors.add(selector(facets));
        }
        return new Selectors(false, selectors);
    }

    private static boolean known(String facet, String value) {
        return switch (facet) {
            case "category" -> ContentReader.category(value);
            case "resourceType" -> Vocabulary.TYPES.contains(value);
            default -> true;
        };
    }

    private static Selector selector(Map<String, Set<String>> facets) {
        List<Selector.RelatedTo> relations = new ArrayList<>();
        of(facets, "related").forEach(to -> relations.add(new Selector.RelatedTo(Selector.Meaning.RELATED, to)));
        of(facets, "dependents").forEach(to -> relations.add(new Selector.RelatedTo(Selector.Meaning.DEPENDENTS, to)));
        return new Selector(
                of(facets, "resourceType"),
                of(facets, "documentType"),
                of(facets, "category"),
                of(facets, "code"),
                of(facets, "label"),
                of(facets, "instance"),
                of(facets, "author"),
                of(facets, "source"),
                relations);
    }

    private static Set<String> of(Map<String, Set<String>> facets, String name) {
        return facets.getOrDefault(name, Set.of());
    }
}
