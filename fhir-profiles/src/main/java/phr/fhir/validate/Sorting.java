package phr.fhir.validate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.Placed;
import phr.fhir.sample.Sample;
import phr.fhir.sample.Shape;

/**
 * Documents and samples of a batch, taken in the order of the file. What comes as both in one batch stays a document, so that
 * the later of the two is the later one in the list.
 */
final class Sorting {

    private final List<Document> documents = new ArrayList<>();
    private final List<Placed> samples = new ArrayList<>();
    private @Nullable Shape shape;
    private boolean dense;

    void document(Document document) {
        documents.add(document);
    }

    /** One that is not dense is a document that was written like others of its shape. */
    void sample(Sample sample) {
        if (sample.shape() != shape) {
            shape = sample.shape();
            dense = Packing.dense(shape);
        }
        if (dense) {
            samples.add(new Placed(sample, documents.size()));
        } else {
            documents.add(Document.of(sample));
        }
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
