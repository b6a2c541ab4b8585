package phr.consent.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import phr.consent.directive.Directive;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;

/** Reads the form of a person (consent-semantics.md §16.4), strictly and within the limits of the stateless one. */
final class PersonReader {

    private static final Set<String> FIELDS = Set.of("person", "at", "change", "request", "resources");
    private static final Set<String> CHANGES = Set.of("add", "revoke");

    private PersonReader() {}

    /**
     * @throws FailureException MALFORMED with one issue per problem, each at a JSON pointer; INVALID {@code limit-exceeded}
     */
    static PersonSimulation read(JsonNode body) {
        List<Issue> problems = new ArrayList<>();
        SimulationReader.known(body, FIELDS, problems);
        String person = body.path("person").textValue();
        if (person == null) {
            problems.add(Body.problem("must be a text", "/person"));
        }
        Instant at = SimulationReader.at(body, problems);
        References references = new References();
        Asked asked = AskedReader.read(body, references, problems);
        List<Given> resources = SimulationReader.resources(Body.list(body, "resources", problems), true, problems);
        PersonSimulation.Change change = change(body.path("change"), references, problems);
        Body.require(problems);
        return new PersonSimulation(String.valueOf(person), at, change, asked, resources);
    }

    private static PersonSimulation.Change change(JsonNode change, References references, List<Issue> problems) {
        if (change.isMissingNode()) {
            return PersonSimulation.Change.NONE;
        }
        if (!change.isObject()) {
            problems.add(Body.problem("must be an object", "/change"));
            return PersonSimulation.Change.NONE;
        }
        List<Issue> inside = new ArrayList<>();
        SimulationReader.known(change, CHANGES, inside);
        List<Directive> added =
                SimulationReader.directives(Body.list(change, "add", inside), "/add", references, inside);
        Map<String, String> revoked = new LinkedHashMap<>();
        List<JsonNode> ids = Body.list(change, "revoke", inside);
        for (int i = 0; i < ids.size(); i++) {
            if (ids.get(i).isTextual()) {
                revoked.putIfAbsent(ids.get(i).textValue(), "/change/revoke/" + i);
            } else {
                inside.add(Body.problem("must be the id of a directive", "/revoke/" + i));
            }
        }
        inside.forEach(issue -> problems.add(
                Body.problem(issue.text(), "/change" + issue.expressions().get(0))));
        return new PersonSimulation.Change(added, revoked);
    }
}
