package phr.portability;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import phr.fhir.Fhir;
import phr.fhir.normalise.SourceIdentity;
import phr.portability.json.JsonObject;

/**
 * The <em>Kept</em> identifier: what the first provider calls a resource, {@code identifier{system = its namespace, value = its
 * id}} (phr-package.md §8.2). Types without a list of identifiers carry it on {@code meta} inside packages.
 */
record Kept(String namespace, String id) {

    private static final Map<String, Boolean> IDENTIFIABLE = new ConcurrentHashMap<>();

    /** @param namespaces of earlier providers; an identifier of any other system is an ordinary one */
    static Optional<Kept> find(JsonObject resource, Set<String> namespaces) {
        List<JsonObject> candidates = new ArrayList<>(resource.objects("identifier"));
        resource.object("meta").ifPresent(meta -> meta.objects("extension").stream()
                .filter(extension ->
                        Names.SOURCE_IDENTITY.equals(extension.string("url").orElse("")))
                .forEach(extension -> candidates.addAll(extension.objects("valueIdentifier"))));
        for (JsonObject candidate : candidates) {
            Optional<String> system = candidate.string("system").filter(namespaces::contains);
            Optional<String> value = candidate.string("value");
            if (system.isPresent() && value.isPresent()) {
                return Optional.of(new Kept(system.get(), value.get()));
            }
        }
        return Optional.empty();
    }

    /** The Kept identity behind a stored source identity, when it is one of an earlier provider. */
    static Optional<Kept> of(SourceIdentity source, String type, Set<String> namespaces) {
        String prefix = type + "/";
        return namespaces.contains(source.namespace()) && source.id().startsWith(prefix)
                ? Optional.of(new Kept(source.namespace(), source.id().substring(prefix.length())))
                : Optional.empty();
    }

    /** Takes Kept identifiers out. */
    static void remove(JsonObject resource, Set<String> namespaces) {
        if (!(resource.get("identifier").orElse(null) instanceof List<?> list)) {
            return;
        }
        List<Object> rest = new ArrayList<>();
        for (Object item : list) {
            if (!(item instanceof JsonObject identifier
                    && identifier.string("system").filter(namespaces::contains).isPresent())) {
                rest.add(item);
            }
        }
        if (rest.isEmpty()) {
            resource.remove("identifier");
        } else {
            resource.put("identifier", rest);
        }
    }

    /** Adds this identity as identifier, unless the type has no list of identifiers. */
    void addTo(JsonObject resource, String type) {
        if (!identifiable(type)) {
            return;
        }
        List<Object> identifiers = new ArrayList<>();
        if (resource.get("identifier").orElse(null) instanceof List<?> list) {
            identifiers.addAll(list);
        }
        identifiers.add(identifier());
        resource.put("identifier", identifiers);
    }

    /** Adds this identity to {@code meta}, for types without identifiers. */
    void addToMeta(JsonObject meta) {
        List<Object> extensions = new ArrayList<>(meta.objects("extension"));
        extensions.add(new JsonObject().put("url", Names.SOURCE_IDENTITY).put("valueIdentifier", identifier()));
        meta.put("extension", extensions);
    }

    SourceIdentity identity(String type, String version) {
        return new SourceIdentity(namespace, type + "/" + id, version.isEmpty() ? null : version);
    }

    /** Whether resources of the type have {@code identifier} 0..*. */
    static boolean identifiable(String type) {
        return IDENTIFIABLE.computeIfAbsent(type, name -> {
            BaseRuntimeChildDefinition child =
                    Fhir.context().getResourceDefinition(name).getChildByName("identifier");
            return child != null && child.getMax() == -1;
        });
    }

    private JsonObject identifier() {
        return new JsonObject().put("system", namespace).put("value", id);
    }
}
