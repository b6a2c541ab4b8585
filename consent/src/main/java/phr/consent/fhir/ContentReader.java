package phr.consent.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Selector;
import phr.consent.directive.Selectors;
import phr.fhir.facts.PhrCategory;

/** Which data a provision names: class AND code AND data, each an OR of its values (consent-semantics.md §17.2). */
final class ContentReader {

    private static final Pattern LOCAL = Pattern.compile("[A-Z][A-Za-z]{1,63}/[A-Za-z0-9.-]{1,64}");
    private static final String NOT_UNDERSTOOD = "names data that cannot be compared here";

    private final JsonNode provision;
    private final Judgement judgement;
    private final String path;

    /** False once an element of a deny had to be dropped: then it does not limit the deny. */
    private boolean kept;

    ContentReader(JsonNode provision, Judgement judgement, String path) {
        this.provision = provision;
        this.judgement = judgement;
        this.path = path;
    }

    /** Null when the provision says nothing about data. */
    @Nullable
    Selectors read() {
        List<JsonNode> exact = Tree.extensions(provision, "modifierExtension", Vocabulary.SELECTOR);
        if (!exact.isEmpty()) {
            return SelectorExtension.read(exact, judgement, path);
        }
        List<Selector> selectors = List.of(Selector.NOTHING_SAID);
        selectors = classes(selectors);
        selectors = codes(selectors);
        selectors = data(selectors);
        return selectors.equals(List.of(Selector.NOTHING_SAID)) ? null : new Selectors(false, selectors);
    }

    private List<Selector> classes(List<Selector> selectors) {
        Set<String> types = new LinkedHashSet<>();
        Set<String> documents = new LinkedHashSet<>();
        Set<String> categories = new LinkedHashSet<>();
        List<JsonNode> stated = Tree.list(provision, "class");
        kept = true;
        for (int i = 0; i < stated.size(); i++) {
            JsonNode coding = stated.get(i);
            String system = coding.path("system").asText();
            String code = coding.path("code").asText();
            if (system.equals(Vocabulary.RESOURCE_TYPES) && Vocabulary.TYPES.contains(code)) {
                types.add(code);
            } else if (Vocabulary.DOCUMENT_TYPES.contains(system) && !code.isEmpty()) {
                documents.add(system + "|" + code);
            } else if (system.equals(Vocabulary.CATEGORY) && category(code)) {
                categories.add(code);
            } else {
                drop(".class", i);
            }
        }
        if (stated.isEmpty() || !kept) {
            return selectors;
        }
        List<Selector> chosen = new ArrayList<>();
        for (Selector selector : selectors) {
            add(chosen, selector.withResourceTypes(types), types);
            add(chosen, selector.withDocumentTypes(documents), documents);
            add(chosen, selector.withCategories(categories), categories);
        }
        return complete(chosen, ".class", selectors);
    }

    private List<Selector> codes(List<Selector> selectors) {
        Set<String> codes = new LinkedHashSet<>();
        List<JsonNode> stated = Tree.list(provision, "code");
        kept = true;
        for (int i = 0; i < stated.size(); i++) {
            int before = codes.size();
            for (JsonNode coding : Tree.list(stated.get(i), "coding")) {
                String token = Tree.token(coding);
                if (token != null && token.charAt(0) != '|') {
                    codes.add(token);
                }
            }
            if (codes.size() == before && Tree.list(stated.get(i), "coding").isEmpty()
                    || Tree.list(stated.get(i), "coding").stream().allMatch(coding -> unusableCode(coding))) {
                drop(".code", i);
            }
        }
        if (stated.isEmpty() || !kept) {
            return selectors;
        }
        List<Selector> chosen = new ArrayList<>();
        selectors.forEach(selector -> add(chosen, selector.withCodes(codes), codes));
        return complete(chosen, ".code", selectors);
    }

    private static boolean unusableCode(JsonNode coding) {
        String token = Tree.token(coding);
        return token == null || token.charAt(0) == '|';
    }

    private List<Selector> data(List<Selector> selectors) {
        Set<String> instances = new LinkedHashSet<>();
        Set<String> authors = new LinkedHashSet<>();
        List<Selector.RelatedTo> relations = new ArrayList<>();
        List<JsonNode> stated = Tree.list(provision, "data");
        kept = true;
        for (int i = 0; i < stated.size(); i++) {
            String reference = Tree.reference(stated.get(i).path("reference"));
            String meaning = stated.get(i).path("meaning").asText();
            if (ProvisionReader.unknownModifier(stated.get(i))) {
                kept = judgement.permits();
                judgement.unusable(path + ".data[" + i + "].modifierExtension", NOT_UNDERSTOOD);
                continue;
            }
            if (reference == null) {
                drop(".data", i);
                continue;
            }
            boolean local = LOCAL.matcher(reference).matches();
            if (meaning.equals("instance") && local) {
                instances.add(reference);
            } else if (meaning.equals("authoredby")) {
                authors.add(reference);
            } else if (meaning.equals("related") && local) {
                relations.add(new Selector.RelatedTo(Selector.Meaning.RELATED, reference));
            } else if (meaning.equals("dependents") && local) {
                relations.add(new Selector.RelatedTo(Selector.Meaning.DEPENDENTS, reference));
            } else {
                drop(".data", i);
            }
        }
        if (stated.isEmpty() || !kept) {
            return selectors;
        }
        List<Selector> chosen = new ArrayList<>();
        for (Selector selector : selectors) {
            add(chosen, selector.withInstances(instances), instances);
            add(chosen, selector.withAuthors(authors), authors);
            add(chosen, selector.withRelatedTo(relations), relations);
        }
        return complete(chosen, ".data", selectors);
    }

    private void drop(String element, int index) {
        String expression = path + element + "[" + index + "]";
        if (judgement.permits()) {
            judgement.dropped(expression, NOT_UNDERSTOOD);
        } else {
            kept = false;
            judgement.unusable(expression, NOT_UNDERSTOOD);
        }
    }

    private List<Selector> complete(List<Selector> chosen, String element, List<Selector> before) {
        if (chosen.isEmpty()) {
            judgement.unusable(path + element, "nothing of this can be compared here");
            return before;
        }
        return chosen;
    }

    private static void add(List<Selector> chosen, Selector selector, java.util.Collection<?> values) {
        if (!values.isEmpty()) {
            chosen.add(selector);
        }
    }

    static boolean category(String code) {
        for (PhrCategory category : PhrCategory.values()) {
            if (category.code().equals(code)) {
                return true;
            }
        }
        return false;
    }
}
