package phr.fhir.facts;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one resource (consent-semantics.md §4.2, table of §14.1). Everything a predicate can test is here and nothing
 * else is.
 *
 * @param type resource type, e.g. {@code Observation}
 * @param documentType {@code system|code} of a document's type, null for other resources
 * @param source id of the service, organisation or client the data came from
 * @param device device id or name, if stated
 * @param categories codes of {@link PhrCategory}
 * @param codes {@code system|code} of the code-like elements
 * @param authors references {@code Type/id} of performers, authors, asserters, recorders
 * @param linksOut references {@code Type/id} to other resources of the person
 * @param time data time
 * @param basis what the labels were made from
 */
public record Facts(
        String type,
        UUID id,
        @Nullable String documentType,
        @Nullable String source,
        @Nullable String device,
        Tokens categories,
        Tokens codes,
        Tokens authors,
        Set<String> linksOut,
        Labels labels,
        DataTime time,
        LabelBasis basis) {

    public Facts {
        linksOut = Set.copyOf(linksOut);
    }

    /** Facts whose labels have no known origin. */
    public Facts(
            String type,
            UUID id,
            @Nullable String documentType,
            @Nullable String source,
            @Nullable String device,
            Tokens categories,
            Tokens codes,
            Tokens authors,
            Set<String> linksOut,
            Labels labels,
            DataTime time) {
        this(
                type,
                id,
                documentType,
                source,
                device,
                categories,
                codes,
                authors,
                linksOut,
                labels,
                time,
                LabelBasis.NONE);
    }

    /** The same facts with other links: what the resources around it are called. */
    public Facts withLinksOut(Set<String> others) {
        return new Facts(
                type, id, documentType, source, device, categories, codes, authors, others, labels, time, basis);
    }

    /** {@code Type/id}. */
    public String reference() {
        return type + "/" + id;
    }
}
