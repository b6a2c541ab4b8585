package phr.portability;

import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Socket for the record of one person, as far as the export is permitted. Everything streams; each call begins anew and gives
 * the same state of the record.
 */
public interface RecordSource {

    Subject subject();

    /**
     * Source namespaces of earlier providers: base and {@code originNamespaces} of every package imported for this person. An
     * identifier of such a system on a resource is its <em>Kept</em> identifier (phr-package.md §8.2).
     */
    Set<String> originNamespaces();

    /** Current versions of all permitted resources, best in order of type. Includes Provenance; Binary never. */
    Resources resources();

    /** Bytes of the original that {@code Binary/{id}} serves; empty when there is none or it is not permitted. */
    Optional<SourceOriginal> original(UUID binary) throws IOException;

    /** All versions of all directives, in order of id and version. */
    Iterator<TravellingDirective> directives();

    /** FHIR R4 Consent of the directives in force, UTF-8 JSON, references to the person as in {@link SourceResource#json()}. */
    Iterator<byte[]> consents();

    /** Receipts and policy texts. */
    Iterator<ConsentFile> consentFiles();
}
