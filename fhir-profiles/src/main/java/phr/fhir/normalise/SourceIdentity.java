package phr.fhir.normalise;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.Ids;

/**
 * What the source calls a resource: the key of idempotent writes (phr-package.md §8.2, lifelog.md §4).
 *
 * @param namespace of the source, e.g. its FHIR base URL or an identifier system
 * @param id within the namespace; {@code Type/id} for FHIR sources
 * @param version the source's version, null when it has none
 */
public record SourceIdentity(
        String namespace, String id, @Nullable String version) {

    /** Namespace of what is known by its content only, hex SHA-256. */
    public static final String CONTENT_HASH = "urn:phr:content-hash";

    /**
     * What an organisation sends, or the person through an application of somebody else, is identified within that source, whatever
     * identifiers it writes: it neither meets nor finds out what anybody else has sent (consent-semantics.md §14.2, conditional
     * operations).
     */
    public SourceIdentity within(Intake intake) {
        String source = intake.clientNamespace();
        if (!intake.foreign() || namespace.equals(source)) {
            return this;
        }
        return new SourceIdentity(source, namespace + "|" + id, version);
    }

    /** Id of the resource in the record: stable over re-imports (lifelog.md §4, sample id). */
    public UUID localId(Intake intake) {
        SourceIdentity own = within(intake);
        UUID gateway = Ids.namespace(intake.ownNamespace());
        return Ids.v5(gateway, intake.account().person() + "|" + own.namespace + "|" + own.id);
    }
}
