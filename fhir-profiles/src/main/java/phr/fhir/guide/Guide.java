package phr.fhir.guide;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All conformance resources of the guide. */
public final class Guide {

    /** Name of the NPM package. */
    public static final String PACKAGE = "phr-gateway.r4";

    /** Version of the package and of each resource in it. */
    public static final String VERSION = "0.1.0";

    private static final List<Artefact> ALL = build();

    private Guide() {}

    /** In the order of type and id. */
    public static List<Artefact> artefacts() {
        return ALL;
    }

    /** Canonical addresses of the profiles of a resource type. */
    public static List<String> profiles(String type) {
        return ALL.stream()
                .filter(artefact -> artefact.json().path("kind").asText().equals("resource")
                        && artefact.json().path("type").asText().equals(type))
                .map(Artefact::url)
                .toList();
    }

    private static List<Artefact> build() {
        List<ObjectNode> all = new ArrayList<>();
        all.addAll(Profiles.all());
        all.addAll(Extensions.all());
        all.addAll(CodeSystems.all());
        all.addAll(ValueSets.all());
        all.addAll(ConceptMaps.all());
        Compact.json("searches.json").forEach(search -> all.add(search(search)));
        Compact.json("operations.json").forEach(operation -> all.add(operation(operation)));
        all.add((ObjectNode) Compact.json("capability-statement.json"));
        return all.stream()
                .map(Artefact::new)
                .sorted(Comparator.comparing(Artefact::type).thenComparing(Artefact::id))
                .toList();
    }

    private static ObjectNode search(JsonNode compact) {
        ObjectNode search = Head.own(
                "SearchParameter",
                compact.path("id").asText(),
                "",
                compact.path("description").asText());
        return search.setAll((ObjectNode) compact);
    }

    /** An operation on a type that changes nothing. */
    private static ObjectNode operation(JsonNode compact) {
        ObjectNode operation = Head.own(
                "OperationDefinition",
                compact.path("id").asText(),
                compact.path("title").asText(),
                compact.path("description").asText());
        operation
                .put("kind", "operation")
                .put("affectsState", false)
                .put("system", false)
                .put("type", true)
                .put("instance", false);
        return operation.setAll((ObjectNode) compact);
    }
}
