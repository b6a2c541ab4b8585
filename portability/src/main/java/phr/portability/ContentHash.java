package phr.portability;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import phr.fhir.Sha256;
import phr.portability.json.Json;
import phr.portability.json.JsonObject;
import phr.portability.json.MalformedJsonException;

/**
 * SHA-256 of the <em>portable form</em> of a resource, the same at source and destination (phr-package.md §8.4): without id,
 * meta, narrative, Kept identifiers and addresses of files; references by the ids of the first provider.
 */
public final class ContentHash {

    private static final Set<String> ATTACHMENTS = Set.of("attachment", "photo", "presentedForm");

    private final String base;
    private final Set<String> persons;
    private final Set<String> namespaces;
    private final UnaryOperator<String> origins;

    /**
     * @param base of absolute references that count as relative
     * @param persons ids of Patient that mean the person
     * @param namespaces of earlier providers
     * @param origins from {@code Type/id} to the id at the first provider; the own id when there is none
     */
    public ContentHash(String base, Set<String> persons, Set<String> namespaces, UnaryOperator<String> origins) {
        this.base = base;
        this.persons = Set.copyOf(persons);
        this.namespaces = Set.copyOf(namespaces);
        this.origins = origins;
    }

    /**
     * @param json one resource in UTF-8
     * @throws MalformedJsonException when it is no JSON object
     */
    public Sha256 of(byte[] json) throws MalformedJsonException {
        return ofTree(Json.parse(json));
    }

    /** Uses the tree up. */
    Sha256 ofTree(JsonObject resource) {
        List.of("id", "meta", "text").forEach(resource::remove);
        Kept.remove(resource, namespaces);
        portable(resource, "");
        return Sha256.of(Json.canonical(resource));
    }

    /** Packages describe themselves in these; they are not part of the record. */
    static boolean compared(JsonObject resource) {
        String type = resource.string("resourceType").orElse("");
        return !type.equals("Patient") && !(type.equals("Provenance") && aboutPackage(resource));
    }

    private static boolean aboutPackage(JsonObject provenance) {
        return provenance.object("activity").map(activity -> activity.objects("coding")).orElse(List.of()).stream()
                .anyMatch(coding ->
                        Names.ACTIVITY_SYSTEM.equals(coding.string("system").orElse("")));
    }

    private void portable(JsonObject object, String name) {
        object.string("reference").ifPresent(text -> object.put("reference", reference(text)));
        if (isFileAddress(object, name)) {
            object.remove("url");
        }
        dropVersionNote(object);
        for (Map.Entry<String, Object> member : object.members().entrySet()) {
            portable(member.getValue(), member.getKey());
        }
    }

    private void portable(Object value, String name) {
        if (value instanceof JsonObject object) {
            portable(object, name);
        } else if (value instanceof List<?> list) {
            list.forEach(item -> portable(item, name));
        }
    }

    private String reference(String text) {
        return Reference.parse(text, base)
                .map(reference -> reference.type().equals("Patient") && persons.contains(reference.id())
                        ? "Patient/self"
                        : reference.type() + "/" + origins.apply(reference.target()))
                .orElse(text);
    }

    private static boolean isFileAddress(JsonObject object, String name) {
        return ATTACHMENTS.contains(name)
                || name.endsWith("Attachment")
                || object.string("url").filter(FileAddress::isInside).isPresent();
    }

    private static void dropVersionNote(JsonObject object) {
        if (!(object.get("extension").orElse(null) instanceof List<?> list)) {
            return;
        }
        List<Object> rest = new ArrayList<>(list);
        rest.removeIf(item -> item instanceof JsonObject extension
                && Names.REFERENCE_VERSION.equals(extension.string("url").orElse("")));
        if (rest.isEmpty()) {
            object.remove("extension");
        } else if (rest.size() < list.size()) {
            object.put("extension", rest);
        }
    }
}
