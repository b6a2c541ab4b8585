package phr.portability;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import phr.fhir.Sha256;
import phr.fhir.normalise.Normalised;

/**
 * Socket for what comes in with a package, for one person and one container.
 *
 * <p>All or nothing: every integrity check is done before the first call of {@link #accept} or {@link #directive}. The gateway
 * still opens <em>one</em> transaction around {@link Importer#read}, so that nothing is visible before the whole container is,
 * and rolls it back when {@code read} throws or its report is held.
 */
public interface RecordSink {

    /** Hash of the tag manifest of a package that was imported before under this id. */
    Optional<Sha256> imported(UUID packageId);

    /** What the store holds under a local id; asked for relayed, home-coming and unsigned resources only. */
    Holding holding(String type, UUID id);

    /** The next batch: validate, then save under the permit to contribute. */
    void accept(Normalised batch);

    /**
     * A directive of the earlier provider, latest version first decided by the consent module.
     *
     * @param arrival {@link Arrival#ACTIVE} for denies, {@link Arrival#PENDING_RECONSENT} for permits, {@link Arrival#HISTORY}
     *     for versions that were no longer in force at the source
     */
    void directive(TravellingDirective directive, Arrival arrival, String sourceNamespace);

    /** Namespaces to answer from now on in {@link RecordSource#originNamespaces()} for this person. */
    void originNamespaces(Set<String> namespaces);

    /** State in which a travelling directive is stored (phr-package.md §8.6). */
    enum Arrival {
        ACTIVE,
        PENDING_RECONSENT,
        HISTORY
    }

    /**
     * What the store knows of a local id.
     *
     * @param owner whose record it is in
     * @param json the stored resource of this person in UTF-8, empty otherwise
     */
    record Holding(Owner owner, Optional<byte[]> json) {

        public static final Holding NONE = new Holding(Owner.NOBODY, Optional.empty());
        public static final Holding OF_ANOTHER = new Holding(Owner.ANOTHER_PERSON, Optional.empty());

        public static Holding of(byte[] json) {
            return new Holding(Owner.THIS_PERSON, Optional.of(json));
        }
    }

    /** Whose record a local id is in. */
    enum Owner {
        NOBODY,
        THIS_PERSON,
        ANOTHER_PERSON
    }
}
