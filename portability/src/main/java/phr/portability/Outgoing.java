package phr.portability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import phr.portability.json.Json;
import phr.portability.json.JsonObject;
import phr.portability.json.MalformedJsonException;

/**
 * From a stored resource to its line in the package (phr-package.md §6.2): the person under her pairwise id, references relative,
 * files by their path, categories as tags, the first provider's identity beside it.
 */
final class Outgoing {

    private final String base;
    private final Subject subject;
    private final Set<String> namespaces;
    private final OriginalFiles originals;

    Outgoing(Provider provider, Subject subject, Set<String> namespaces, OriginalFiles originals) {
        this.base = provider.namespace();
        this.subject = subject;
        this.namespaces = Set.copyOf(namespaces);
        this.originals = originals;
    }

    /** @throws IOException when an original cannot be read */
    JsonObject line(SourceResource stored) throws IOException {
        JsonObject resource = tree(stored);
        if (stored.type().equals("DocumentReference")) {
            originals.take(resource);
        }
        try {
            rewrite(resource);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        JsonObject meta = resource.object("meta").orElseGet(JsonObject::new);
        tag(meta, stored.categories());
        if (Kept.find(resource, namespaces).isEmpty()) {
            Kept.of(stored.source(), stored.type(), namespaces).ifPresent(kept -> kept.addToMeta(meta));
        }
        if (!meta.members().isEmpty()) {
            resource.put("meta", meta);
        }
        return resource;
    }

    private static JsonObject tree(SourceResource stored) {
        try {
            return Json.parse(stored.json());
        } catch (MalformedJsonException e) {
            throw new IllegalStateException("the store yields JSON", e);
        }
    }

    private void rewrite(JsonObject object) throws IOException {
        for (Map.Entry<String, Object> member : object.members().entrySet()) {
            member.setValue(rewritten(member.getKey(), member.getValue()));
        }
    }

    private Object rewritten(String name, Object value) throws IOException {
        if (value instanceof JsonObject object) {
            rewrite(object);
            return object;
        }
        if (value instanceof List<?> list) {
            List<Object> items = new ArrayList<>(list.size());
            for (Object item : list) {
                items.add(rewritten(name, item));
            }
            return items;
        }
        return value instanceof String text ? text(name, text) : value;
    }

    private String text(String name, String text) throws IOException {
        String mine = text;
        if (name.equals("reference")) {
            mine = Reference.parse(text, base)
                    .map(reference -> reference.target()
                            + (reference.version() == null ? "" : "/_history/" + reference.version()))
                    .orElse(text);
        } else if (name.equals("url")) {
            mine = originals.path(text);
        }
        return mine.replace(subject.person().toString(), subject.pairwise());
    }

    private static void tag(JsonObject meta, Set<String> categories) {
        List<Object> tags = new ArrayList<>(meta.objects("tag"));
        Set<String> present = new HashSet<>();
        meta.objects("tag").stream()
                .filter(tag -> Names.CATEGORY_SYSTEM.equals(tag.string("system").orElse("")))
                .forEach(tag -> tag.string("code").ifPresent(present::add));
        categories.stream()
                .filter(code -> !present.contains(code))
                .sorted()
                .forEach(code -> tags.add(
                        new JsonObject().put("system", Names.CATEGORY_SYSTEM).put("code", code)));
        if (!tags.isEmpty()) {
            meta.put("tag", tags);
        }
    }
}
