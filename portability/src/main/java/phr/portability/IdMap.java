package phr.portability;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.Ids;
import phr.fhir.PersonId;
import phr.fhir.normalise.SourceIdentity;

/** What pass 1 learns: which resource of the package gets which local id (phr-package.md §8.2). */
final class IdMap {

    private final VerifiedPackage pack;
    private final String ownNamespace;
    private final PersonId person;
    private final Map<String, UUID> local = new HashMap<>();
    private final Map<String, String> newest = new HashMap<>();
    private final Set<String> repeated = new HashSet<>();
    private final OriginIds origins = new OriginIds();
    private @Nullable Map<String, String> byUuid;

    IdMap(VerifiedPackage pack, String ownNamespace, PersonId person) {
        this.pack = pack;
        this.ownNamespace = ownNamespace;
        this.person = person;
    }

    /** Takes up a resource of the package. Patients are never created: the person's own stays. */
    void add(String type, String id, Optional<Kept> kept, @Nullable String version) {
        String key = type + "/" + id;
        kept.ifPresent(identity -> origins.put(key, identity.id()));
        if (local.putIfAbsent(key, localId(type, id, kept)) != null) {
            repeated.add(key);
        }
        if (version != null) {
            newest.merge(key, version, (one, other) -> Versions.newer(other, one) ? other : one);
        }
    }

    /** Ids in another person's record are replaced, and the replacement is told apart by the person. */
    int replaceTaken(Set<UUID> taken) {
        int replaced = 0;
        for (Map.Entry<String, UUID> entry : local.entrySet()) {
            if (taken.contains(entry.getValue())) {
                entry.setValue(Ids.v5(entry.getValue(), person.toString()));
                replaced++;
            }
        }
        return replaced;
    }

    /** The local id of {@code Type/id} in the package; null when the package does not hold it. */
    @Nullable
    UUID local(String typeAndId) {
        return local.get(typeAndId);
    }

    /** {@code Type/id} of the resource whose id is this UUID, for {@code urn:uuid:} references. */
    Optional<String> byUuid(String uuid) {
        if (byUuid == null) {
            Map<String, String> index = new HashMap<>();
            local.keySet().forEach(key -> index.put(key.substring(key.indexOf('/') + 1), key));
            byUuid = index;
        }
        return Optional.ofNullable(byUuid.get(uuid));
    }

    /** What the resource is called where it comes from. */
    SourceIdentity identity(String type, String id, Optional<Kept> kept, @Nullable String version) {
        return kept.map(identity -> new SourceIdentity(identity.namespace(), type + "/" + identity.id(), version))
                .orElseGet(() -> new SourceIdentity(pack.base(), type + "/" + id, version));
    }

    /** Whether a later line claims the same source id with a newer version. */
    boolean outdated(String typeAndId, @Nullable String version) {
        String best = newest.get(typeAndId);
        return repeated.contains(typeAndId) && best != null && (version == null || Versions.newer(best, version));
    }

    boolean repeated(String typeAndId) {
        return repeated.contains(typeAndId);
    }

    Set<UUID> ids() {
        return new HashSet<>(local.values());
    }

    OriginIds origins() {
        return origins;
    }

    private UUID localId(String type, String id, Optional<Kept> kept) {
        String namespace = kept.map(Kept::namespace).orElse(pack.base());
        String sourceId = kept.map(Kept::id).orElse(id);
        if (namespace.equals(ownNamespace)) {
            try {
                return UUID.fromString(sourceId);
            } catch (IllegalArgumentException e) {
                return Ids.ofSource(namespace, type + "/" + sourceId);
            }
        }
        return Ids.ofSource(namespace, type + "/" + sourceId);
    }
}
