package phr.fhir.normalise.checkup;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;
import phr.fhir.normalise.Draft;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.SourceIdentity;
import phr.fhir.normalise.xml.Element;

/** The resources of one document on their way out: ids, source identities, and what Provenance has to name. */
final class Drafts {

    private final DocumentKeys keys;
    private final Findings findings;
    private final List<Reference> targets = new ArrayList<>();
    private final Set<PhrCategory> mapped = EnumSet.noneOf(PhrCategory.class);
    private final Map<String, Integer> occurrences = new HashMap<>();

    Drafts(DocumentKeys keys, Findings findings) {
        this.keys = keys;
        this.findings = findings;
    }

    /** {@code key|n}: n counts equal keys in document order from 1. */
    String numbered(String key) {
        return key + '|' + occurrences.merge(key, 1, Integer::sum);
    }

    /** A resource that is released only as far as referred to. */
    void add(String key, Resource resource) {
        add(key, resource, null, null);
    }

    void add(String key, Resource resource, @Nullable Set<PhrCategory> categories, @Nullable Labels labels) {
        add(key, resource, categories, labels, null);
    }

    /** @param place where it stood in the document */
    void add(
            String key,
            Resource resource,
            @Nullable Set<PhrCategory> categories,
            @Nullable Labels labels,
            @Nullable Element place) {
        String type = resource.fhirType();
        String id = keys.id(type, key).toString();
        resource.setId(id);
        String reference = type + '/' + id;
        if (categories != null && categories != Originals.CATEGORIES) {
            mapped.addAll(categories);
        }
        if (!type.equals("Provenance")) {
            targets.add(new Reference(reference));
        }
        findings.draft(new Draft(
                resource,
                new SourceIdentity(keys.ownNamespace(), reference, null),
                categories,
                labels,
                place == null ? null : place.path));
    }

    /** References to everything added so far, for Provenance. */
    List<Reference> targets() {
        return targets;
    }

    /** Consent categories of what was mapped; the original belongs to all of them. */
    Set<PhrCategory> mapped() {
        return mapped;
    }
}
