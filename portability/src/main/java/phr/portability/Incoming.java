package phr.portability;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.Ids;
import phr.fhir.PersonId;
import phr.fhir.Sha256;
import phr.portability.json.JsonObject;

/** Pass 2: a line of the package becomes a resource of this gateway (phr-package.md §8.3). */
final class Incoming {

    private static final Set<String> META = Set.of("profile", "security", "tag");

    private final VerifiedPackage pack;
    private final IdMap ids;
    private final PersonId person;
    private final String ownNamespace;
    private int unresolved;

    Incoming(VerifiedPackage pack, IdMap ids, PersonId person, String ownNamespace) {
        this.pack = pack;
        this.ids = ids;
        this.person = person;
        this.ownNamespace = ownNamespace;
    }

    /** Rewrites the tree in place. */
    void localise(JsonObject resource, UUID localId, Optional<Kept> kept) {
        String type = resource.string("resourceType").orElse("");
        String sourceId = resource.string("id").orElse("");
        resource.put("id", localId.toString());
        JsonObject meta = resource.object("meta").orElseGet(JsonObject::new);
        meta.members().keySet().retainAll(META);
        if (meta.members().isEmpty()) {
            resource.remove("meta");
        }
        rewrite(resource);
        if (kept.isEmpty() && !pack.base().equals(ownNamespace)) {
            new Kept(pack.base(), sourceId).addTo(resource, type);
        } else if (kept.isPresent() && kept.get().namespace().equals(ownNamespace)) {
            Kept.remove(resource, Set.of(ownNamespace));
        }
    }

    /** References that lead nowhere, so far. */
    int unresolved() {
        return unresolved;
    }

    /** Gives {@code instance} selectors and references of a directive their local ids, where the package holds the resource. */
    void localiseDirective(JsonObject directive) {
        directive.string("reference").ifPresent(text -> directive.put("reference", selected(text)));
        if (directive.get("instance").orElse(null) instanceof List<?> instances) {
            directive.put(
                    "instance",
                    instances.stream()
                            .map(item -> item instanceof String text ? selected(text) : item)
                            .toList());
        }
        directive.members().values().forEach(this::localiseInside);
    }

    private void localiseInside(Object value) {
        if (value instanceof JsonObject object) {
            localiseDirective(object);
        } else if (value instanceof List<?> list) {
            list.forEach(this::localiseInside);
        }
    }

    private String selected(String text) {
        return Reference.parse(text, pack.base())
                .flatMap(reference -> Optional.ofNullable(target(reference)))
                .orElse(text);
    }

    /** Id of the Binary that serves an original: the same by whichever way the file arrives. */
    UUID binary(Sha256 original) {
        return Ids.ofOriginal(ownNamespace, person, original, "Binary", "1");
    }

    private void rewrite(JsonObject object) {
        object.string("reference").ifPresent(text -> reference(object, text));
        object.string("url")
                .filter(url -> url.startsWith(Names.ORIGINALS) && pack.folder().has(url))
                .ifPresent(url ->
                        object.put("url", "Binary/" + binary(pack.folder().sha256(url))));
        for (Map.Entry<String, Object> member : object.members().entrySet()) {
            rewrite(member.getValue());
        }
    }

    private void rewrite(Object value) {
        if (value instanceof JsonObject object) {
            rewrite(object);
        } else if (value instanceof List<?> list) {
            list.forEach(this::rewrite);
        }
    }

    private void reference(JsonObject object, String text) {
        if (text.startsWith("#")) {
            return;
        }
        String written = text.startsWith("urn:uuid:")
                ? ids.byUuid(text.substring("urn:uuid:".length())).orElse(text)
                : text;
        Optional<Reference> reference = Reference.parse(written, pack.base());
        String target = reference.map(this::target).orElse(null);
        if (target == null) {
            unresolved(object, text);
            return;
        }
        object.put("reference", target);
        String version = reference.get().version();
        if (version != null) {
            List<Object> extensions = new ArrayList<>(object.objects("extension"));
            extensions.add(new JsonObject().put("url", Names.REFERENCE_VERSION).put("valueString", version));
            object.put("extension", extensions);
        }
    }

    private @Nullable String target(Reference reference) {
        if (reference.type().equals("Patient") && reference.id().equals(pack.pairwise())) {
            return "Patient/" + person;
        }
        UUID local = ids.local(reference.target());
        return local == null ? null : reference.type() + "/" + local;
    }

    private void unresolved(JsonObject object, String text) {
        object.remove("reference");
        unresolved++;
        if (text.isBlank()) {
            return;
        }
        if (object.get("identifier").isEmpty()) {
            object.put("identifier", new JsonObject().put("system", pack.base()).put("value", text));
        }
    }
}
