package phr.fhir.validate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import phr.fhir.normalise.Placed;
import phr.fhir.sample.Sample;

/**
 * Documents and samples of a batch, taken in the order of the file. What comes as both in one batch stays a document, so that
 * the later of the two is the later one in the list.
 */
final class Sorting {

    private final List<Document> documents = new ArrayList<>();
    private final List<Placed> samples = new ArrayList<>();

    void document(Document document) {
        documents.add(document);
    }

    void sample(Sample sample) {
        samples.add(new Placed(sample, documents.size()));
    }

    /** After the last one. */
    void sort() {
        Set<UUID> both = both();
        if (both.isEmpty()) {
            return;
        }
        List<Document> before = List.copyOf(documents);
        documents.clear();
        int next = 0;
        for (Placed placed : samples) {
            if (both.contains(placed.sample().id())) {
                documents.addAll(before.subList(next, placed.before()));
                documents.add(Document.of(placed.sample()));
                next = placed.before();
            }
        }
        documents.addAll(before.subList(next, before.size()));
        samples.removeIf(placed -> both.contains(placed.sample().id()));
    }

    private Set<UUID> both() {
        Set<UUID> ids = new HashSet<>();
        documents.forEach(document -> ids.add(document.facts().id()));
        Set<UUID> both = new HashSet<>();
        for (Placed placed : samples) {
            if (ids.contains(placed.sample().id())) {
                both.add(placed.sample().id());
            }
        }
        return both;
    }

    List<Document> documents() {
        return documents;
    }

    List<Sample> samples() {
        return samples.stream().map(Placed::sample).toList();
    }
}
