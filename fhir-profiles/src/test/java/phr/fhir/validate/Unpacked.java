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
        List<UUID> order = new ArrayList<>();
        int next = 0;
        for (int i = 0; i <= batch.drafts().size(); i++) {
            for (; next < batch.samples().size() && batch.samples().get(next).before() <= i; next++) {
                order.add(batch.samples().get(next).sample().id());
            }
            if (i < batch.drafts().size()) {
                order.add(UUID.fromString(
                        batch.drafts().get(i).resource().getIdElement().getIdPart()));
            }
        }
        List<Document> documents = new ArrayList<>(validated.documents());
        validated.samples().forEach(sample -> documents.add(Document.of(sample)));
        documents.sort(Comparator.comparingInt(
                document -> order.indexOf(document.facts().id())));
        return documents;
    }
}
