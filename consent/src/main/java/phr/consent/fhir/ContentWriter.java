package phr.consent.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Selector;
import phr.consent.directive.Selectors;

/** Writes selectors as class, code and data where these say the same, else as modifier extensions (consent-semantics.md §17.1). */
final class ContentWriter {

    private final ObjectNode provision;
    private final ArrayNode modifiers;

    ContentWriter(ObjectNode provision, ArrayNode modifiers) {
        this.provision = provision;
        this.modifiers = modifiers;
    }

    void write(@Nullable Selectors selectors) {
        if (selectors == null || selectors.all()) {
            return;
        }
        List<Selector> list = selectors.list();
        if (list.size() == 1 && core(list.get(0))) {
            plain(list.get(0));
        } else {
            list.forEach(selector -> SelectorExtension.write(modifiers, selector));
        }
    }

    /** At most one kind of class and one kind of data, and nothing that has no element. */
    private static boolean core(Selector selector) {
        int classes = given(selector.resourceTypes()) + given(selector.documentTypes());
        int data = given(selector.instances())
                + given(selector.authors())
                + (selector.relatedTo().isEmpty() ? 0 : 1);
        boolean sayable = selector.categories().isEmpty()
                && selector.labels().isEmpty()
                && selector.sources().isEmpty()
                && selector.documentTypes().stream().allMatch(type -> Vocabulary.DOCUMENT_TYPES.contains(system(type)))
                && selector.codes().stream().noneMatch(code -> code.startsWith("|"))
                && selector.authors().stream().noneMatch(author -> author.indexOf('|') >= 0);
        return sayable && classes <= 1 && data <= 1;
    }

    private static int given(Set<String> values) {
        return values.isEmpty() ? 0 : 1;
    }

    private void plain(Selector selector) {
        if (!selector.resourceTypes().isEmpty() || !selector.documentTypes().isEmpty()) {
            ArrayNode classes = provision.putArray("class");
            selector.resourceTypes().stream()
                    .sorted()
                    .forEach(type -> ElementsWriter.coding(classes, Vocabulary.RESOURCE_TYPES, type));
            selector.documentTypes().stream().sorted().forEach(type -> token(classes, type));
        }
        if (!selector.codes().isEmpty()) {
            ArrayNode codes = provision.putArray("code");
            selector.codes().stream()
                    .sorted()
                    .forEach(code -> token(codes.addObject().putArray("coding"), code));
        }
        data(selector);
    }

    private void data(Selector selector) {
        ArrayNode data = provision.arrayNode();
        selector.instances().stream().sorted().forEach(id -> data(data, "instance", id));
        selector.authors().stream().sorted().forEach(id -> data(data, "authoredby", id));
        selector.relatedTo()
                .forEach(relation ->
                        data(data, relation.meaning().name().toLowerCase(Locale.ROOT), relation.reference()));
        if (!data.isEmpty()) {
            provision.set("data", data);
        }
    }

    private static void data(ArrayNode list, String meaning, String reference) {
        list.addObject().put("meaning", meaning).putObject("reference").put("reference", reference);
    }

    private static void token(ArrayNode codings, String token) {
        int bar = token.indexOf('|');
        ElementsWriter.coding(codings, system(token), token.substring(bar + 1));
    }

    private static String system(String token) {
        return token.substring(0, Math.max(0, token.indexOf('|')));
    }
}
