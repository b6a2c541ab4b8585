package phr.fhir.normalise.lifelog;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.fhir.Fhir;
import phr.fhir.failure.Issue;

/** A batch or a transaction says what is to be done with each resource (FHIR R4 http §batch/transaction). */
final class InteractionRule implements EntryRule {

    private static final List<String> CONDITIONS = List.of("ifMatch", "ifNoneMatch", "ifModifiedSince", "ifNoneExist");

    @Override
    public @Nullable Issue refusal(String place, JsonNode entry) {
        String method = EntryRule.text(entry, "request", "method");
        if (!method.equals("POST") && !method.equals("PUT")) {
            return method.isEmpty()
                    ? Issue.error("required", "FHIR-8", "an entry needs a request", place + ".request.method")
                    : Issue.error("not-supported", "FHIR-2", "only POST and PUT are taken", place + ".request.method");
        }
        String type = EntryRule.text(entry, "resource", "resourceType");
        if (!type.equals("Observation")) {
            boolean known = Fhir.context().getResourceTypes().contains(type);
            return Issue.error(
                    known ? "not-supported" : "structure",
                    known ? "FHIR-1" : "FHIR-3",
                    known ? "a " + type + " comes in through /ingest" : "no FHIR R4 resource",
                    place + ".resource");
        }
        String url = method.equals("POST") ? type : type + "/" + EntryRule.text(entry, "resource", "id");
        return EntryRule.text(entry, "request", "url").equals(url)
                ? condition(place + ".request", entry.path("request"))
                : Issue.error("value", "FHIR-9", "the address is not that of the resource", place + ".request.url");
    }

    private static @Nullable Issue condition(String place, JsonNode request) {
        return CONDITIONS.stream()
                .filter(request::has)
                .map(condition -> Issue.error(
                        "not-supported",
                        "FHIR-10",
                        "conditions are not taken: a resource is known by its identifier",
                        place + "." + condition))
                .findFirst()
                .orElse(null);
    }

    /** The address of an update has the id in it, which has to be compared. */
    @Override
    public boolean repeats(JsonNode entry) {
        return !EntryRule.text(entry, "request", "method").equals("PUT");
    }
}
