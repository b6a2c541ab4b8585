package phr.portability;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.Sha256;
import phr.fhir.normalise.Normalised;

/**
 * Socket for what comes in with a package, for one person and one container.
 *
 * <p>All or nothing: every integrity check is done before the first call of {@link #accept} or {@link #directive}. The gateway
 * still opens <em>one</em> transaction around {@link Importer#read}, so that nothing is visible before the whole container is,
 * and rolls it back when {@code read} throws or its result is held.
 */
public interface RecordSink {

    /** Hash of the tag manifest of a package that was imported before, by this person, under this id. */
    Optional<Sha256> imported(UUID packageId);

    /** Which of these local ids are in another person's record; at most 500 are asked at once. */
    Set<UUID> taken(Set<UUID> ids);

    /** What this person's record holds under these local ids; ids it does not hold are left out. At most 500 are asked at once. */
    Map<UUID, Held> held(String type, Set<UUID> ids);

    /** The next batch: validate, then save under the permit to contribute. */
    void accept(Normalised batch);

    /**
     * A version of a directive of the earlier provider, in the order of the package; references inside it are local already.
     *
     * @param sourceNamespace of the provider it comes from
     */
    void directive(TravellingDirective directive, Arrival arrival, String sourceNamespace);

    /** Namespaces to answer from now on in {@link RecordSource#originNamespaces()} for this person. */
    void originNamespaces(Set<String> namespaces);

    /** State in which a travelling directive is stored (phr-package.md §8.6). */
    enum Arrival {
        /** Denies that were in force act at once. */
        ACTIVE,
        /** Permits that were in force wait for the person. */
        PENDING_RECONSENT,
        /** No longer in force at the source. */
        HISTORY
    }

    /**
     * A stored resource.
     *
     * @param sourceVersion the source's version it was stored from, null when it had none
     * @param json in UTF-8, references to the person as {@code Patient/{person id}}
     */
    record Held(@Nullable String sourceVersion, byte[] json) {}
}
