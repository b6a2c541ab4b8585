package phr.gateway.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import phr.consent.Permit;
import phr.fhir.echeckup.StoredCheckup;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.audit.Tally;

/**
 * Gathers what a caller may see of one checkup: its visit, what refers to the visit, and whom those name. Each is read under the permit
 * like any other, so what is hidden is not there.
 */
@Singleton
final class CheckupReader {

    /** The item tables have 323 items; what is larger is no checkup. */
    static final int MOST = 2000;

    private static final Set<String> OF_VISIT =
            Set.of("DiagnosticReport", "DocumentReference", "Media", "Observation", "Provenance");
    /** What a checkup names beside itself; other references lead on into the record. */
    private static final Set<String> NAMED = Set.of(
            "Coverage",
            "Device",
            "Location",
            "Organization",
            "Patient",
            "Practitioner",
            "PractitionerRole",
            "Specimen");

    private static final String PROVENANCE = "Provenance";
    /** A result names a role, a role a physician and a clinic, a coverage its insurer. */
    private static final int ROUNDS = 3;

    private final RecordStore store;

    CheckupReader(RecordStore store) {
        this.store = store;
    }

    /**
     * @param tally counts each resource that leaves
     * @return empty when there is no such visit, or no checkup, for this caller
     * @throws phr.fhir.failure.FailureException TOO_LARGE
     */
    Optional<StoredCheckup> read(Permit permit, Tally tally, UUID visit) {
        tally.count();
        Rendering rendering = new Rendering();
        Optional<ObjectNode> encounter = store.read(permit, "Encounter", visit)
                .flatMap(entry -> taken(entry, rendering, tally))
                .filter(StoredCheckup::holdsTogether);
        if (encounter.isEmpty()) {
            return Optional.empty();
        }
        String name = "Encounter/" + visit;
        Map<String, ObjectNode> found = new LinkedHashMap<>();
        found.put(name, encounter.get());
        Set<String> wanted = new LinkedHashSet<>(named(encounter.get()));
        Query ofVisit = new Query(
                OF_VISIT, Set.of(), Set.of(name), List.of(), List.of(), List.of(), Query.Order.ID, MOST + 1, null);
        for (ObjectNode resource : all(permit, ofVisit, rendering, tally, name)) {
            if (resource.path("resourceType").asText().equals(PROVENANCE)) {
                wanted.addAll(beside(resource, name));
            } else {
                found.put(name(resource), resource);
                wanted.addAll(named(resource));
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            wanted.removeAll(found.keySet());
            Set<String> asked = new HashSet<>(wanted);
            wanted.clear();
            if (!asked.isEmpty()) {
                all(permit, Query.of(asked), rendering, tally, name).forEach(resource -> {
                    found.put(name(resource), resource);
                    wanted.addAll(named(resource));
                });
            }
        }
        found.remove(name);
        return Optional.of(StoredCheckup.of(encounter.get(), found.values()));
    }

    private List<ObjectNode> all(Permit permit, Query query, Rendering rendering, Tally tally, String visit) {
        List<ObjectNode> all = new ArrayList<>();
        try (Results results = store.search(permit, query)) {
            while (results.hasNext()) {
                Entry entry = results.next();
                if (all.size() == MOST) {
                    throw Failure.of(Category.TOO_LARGE, "DOC-1", "too much belongs to this visit for one document")
                            .exception();
                }
                rendering
                        .render(entry)
                        .map(StoredJson::parse)
                        .filter(resource -> belongs(resource, visit))
                        .ifPresent(resource -> {
                            all.add(resource);
                            if (!entry.type().equals(PROVENANCE)) {
                                tally.add(entry.type(), entry.id(), entry.version(), entry.categories(), entry.json());
                            }
                        });
            }
        }
        return all;
    }

    private static Optional<ObjectNode> taken(Entry entry, Rendering rendering, Tally tally) {
        return rendering.render(entry).map(json -> {
            tally.add(entry.type(), entry.id(), entry.version(), entry.categories(), entry.json());
            return StoredJson.parse(json);
        });
    }

    /** A result that only mentions the visit is of another. */
    private static boolean belongs(JsonNode resource, String visit) {
        String own = resource.at("/encounter/reference").asText("");
        return own.isEmpty() || own.equals(visit);
    }

    /** What came with the visit in its document: the insurance, and who wrote it. Of a document of several visits nobody knows. */
    private static Set<String> beside(JsonNode provenance, String visit) {
        Set<String> beside = new LinkedHashSet<>();
        for (JsonNode target : provenance.path("target")) {
            String name = target.path("reference").asText();
            if (name.startsWith("Encounter/") && !name.equals(visit)) {
                return Set.of();
            }
            if (name.startsWith("Coverage/")) {
                beside.add(name);
            }
        }
        for (JsonNode agent : provenance.path("agent")) {
            String author = agent.at("/who/reference").asText("");
            if (author.startsWith("Organization/")
                    && agent.at("/type/coding/0/code").asText().equals("author")) {
                beside.add(author);
            }
        }
        return beside;
    }

    private static Set<String> named(JsonNode resource) {
        Set<String> named = new LinkedHashSet<>();
        for (String reference : resource.findValuesAsText("reference")) {
            int slash = reference.indexOf('/');
            if (slash > 0 && NAMED.contains(reference.substring(0, slash)) && reference.indexOf('/', slash + 1) < 0) {
                named.add(reference);
            }
        }
        return named;
    }

    private static String name(JsonNode resource) {
        return resource.path("resourceType").asText() + "/"
                + resource.path("id").asText();
    }
}
