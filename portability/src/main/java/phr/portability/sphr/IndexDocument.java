package phr.portability.sphr;

import java.util.List;
import java.util.UUID;
import phr.fhir.Sha256;

/**
 * One document of an {@code index.phr} as it is written.
 *
 * @param categories codes of the consent categories
 * @param creation dateTime with offset
 * @param url relative path from the service folder, no scheme
 */
public record IndexDocument(
        UUID id,
        List<Coding> type,
        List<String> categories,
        String contentType,
        String creation,
        Sha256 sha256,
        long size,
        String url,
        String title) {

    public IndexDocument {
        type = List.copyOf(type);
        categories = List.copyOf(categories);
    }
}
