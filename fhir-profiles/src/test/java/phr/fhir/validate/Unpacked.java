package phr.fhir.validate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import phr.fhir.normalise.Normalised;

/** What a batch becomes, dense samples as documents, in the order in which it was proposed. */
public final class Unpacked {

    private Unpacked() {}

    public static List<Document> of(Normalised batch, Validated validated) {
        List<UUID> order = batch.drafts().stream()
                .map(draft -> UUID.fromString(draft.resource().getIdElement().getIdPart()))
                .toList();
        List<Document> documents = new ArrayList<>(validated.documents());
        validated.samples().forEach(sample -> documents.add(Document.of(sample)));
        documents.sort(Comparator.comparingInt(
                document -> order.indexOf(document.facts().id())));
        return documents;
    }
}
