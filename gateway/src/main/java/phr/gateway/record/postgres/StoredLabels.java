package phr.gateway.record.postgres;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import phr.fhir.Fhir;
import phr.fhir.catalogue.FactsReader;
import phr.fhir.facts.Facts;
import phr.fhir.facts.LabelHit;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;
import phr.fhir.label.LabelTables;

/** Makes the labels of a stored document anew, from its JSON and what its labels are made from. Not thread-safe. */
final class StoredLabels {

    private final LabelTables tables;

    StoredLabels(LabelTables tables) {
        this.tables = tables;
    }

    /**
     * A document with its labels.
     *
     * @param file of a DocumentReference: the Binary that it describes, {@code Binary/id}
     */
    record Relabelled(
            Envelope envelope,
            Labels labels,
            List<LabelHit> hits,
            @Nullable String file) {}

    Relabelled of(Envelope stored, @Nullable LabelOrigin origin) {
        Resource resource = resource(stored);
        LabelOrigin known = origin == null ? reconstructed(resource, stored) : origin;
        resource.setMeta(null);
        Facts facts = FactsReader.read(resource, null, known.categories(), known.given(), tables);
        Labels labels = LabelOrigin.labels(facts.labels(), facts.basis(), known);
        List<String> categories = facts.categories().values().stream().sorted().toList();
        byte[] json = Meta.relabelled(stored.json(), labels, facts.basis().hits());
        Envelope envelope = new Envelope(stored.source(), categories, stored.links(), known, json);
        return new Relabelled(envelope, labels, facts.basis().hits(), file(resource));
    }

    LabelOrigin origin(Envelope stored) {
        LabelOrigin origin = stored.origin();
        return origin == null ? reconstructed(resource(stored), stored) : origin;
    }

    private static Resource resource(Envelope stored) {
        return (Resource) Fhir.json().parseResource(new String(stored.json(), StandardCharsets.UTF_8));
    }

    /** Of a document whose origin was not kept: nothing that it carries is ever lowered. */
    private static LabelOrigin reconstructed(Resource resource, Envelope stored) {
        Set<PhrCategory> categories = EnumSet.noneOf(PhrCategory.class);
        stored.categories().forEach(code -> categories.add(PhrCategory.parse(code)));
        return new LabelOrigin(categories, FactsReader.given(resource), null, false);
    }

    private static @Nullable String file(Resource resource) {
        if (!(resource instanceof DocumentReference document) || !document.hasContent()) {
            return null;
        }
        String url = document.getContentFirstRep().getAttachment().getUrl();
        return url != null && url.startsWith("Binary/") ? url : null;
    }
}
