package phr.consent.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveReader;
import phr.consent.directive.Times;
import phr.consent.fhir.ConsentShape;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;

/** Reads the stateless form of the body (consent-semantics.md §16.4), strictly and within its limits. */
final class SimulationReader {

    private static final Set<String> FIELDS = Set.of("consents", "directives", "request", "at", "resources", "context");

    private final List<Issue> problems = new ArrayList<>();
    private final References references = new References();
    private final JsonNode body;

    private SimulationReader(JsonNode body) {
        this.body = body;
    }

    /**
     * @throws FailureException MALFORMED with one issue per problem, each at a JSON pointer; INVALID {@code limit-exceeded}
     */
    static Simulation read(JsonNode body) {
        return new SimulationReader(body).simulation();
    }

    private Simulation simulation() {
        known(body, FIELDS, problems);
        if (!body.has("consents") && !body.has("directives")) {
            problems.add(Body.problem("one of consents, directives and person is required", "/"));
        }
        List<JsonNode> consents = Body.list(body, "consents", problems);
        List<JsonNode> directives = Body.list(body, "directives", problems);
        List<JsonNode> resources = Body.list(body, "resources", problems);
        if (consents.size() + directives.size() > Body.LONGEST_LIST) {
            throw Body.tooMuch("more than " + Body.LONGEST_LIST + " consents and directives", "/consents");
        }
        consents(consents);
        Instant at = at(body, problems);
        Asked asked = AskedReader.read(body, references, problems);
        Context context = ContextReader.read(body, asked, references, problems);
        List<Directive> read = directives(directives, "/directives", references, problems);
        List<Given> given = resources(resources, context.apply(), problems);
        Body.require(problems);
        return new Simulation(
                consents, read, asked, at, at == null ? null : body.get("at").textValue(), given, context, references);
    }

    private void consents(List<JsonNode> consents) {
        for (int i = 0; i < consents.size(); i++) {
            String at = "/consents/" + i;
            JsonNode consent = consents.get(i);
            if (consent.isObject()
                    && !"Consent".equals(consent.path("resourceType").textValue())) {
                problems.add(Body.problem("must be Consent", at + "/resourceType"));
            } else {
                problems.addAll(ConsentShape.check(consent, at));
            }
        }
    }

    static void known(JsonNode body, Set<String> fields, List<Issue> problems) {
        body.fieldNames().forEachRemaining(name -> {
            if (!fields.contains(name)) {
                problems.add(Body.problem("unknown field", "/" + pointer(name)));
            }
        });
    }

    static @Nullable Instant at(JsonNode body, List<Issue> problems) {
        JsonNode at = body.path("at");
        if (at.isMissingNode()) {
            return null;
        }
        try {
            if (at.isTextual() && at.textValue().indexOf('T') > 0) {
                return Times.start(at.textValue());
            }
        } catch (DateTimeException e) {
            problems.add(Body.problem("must be a dateTime with offset", "/at"));
            return null;
        }
        problems.add(Body.problem("must be a dateTime with offset", "/at"));
        return null;
    }

    /** Native directives; one without id is called by its place. */
    static List<Directive> directives(
            List<JsonNode> list, String pointer, References references, List<Issue> problems) {
        List<Directive> directives = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String at = pointer + "/" + i;
            try {
                Directive directive = DirectiveReader.read(known(list.get(i), references));
                directives.add(
                        directive.id().isEmpty()
                                ? directive.as("directives-" + i, directive.version(), directive.state())
                                : directive);
            } catch (FailureException e) {
                e.failure().issues().forEach(issue -> problems.add(under(at, issue)));
            }
        }
        return directives;
    }

    private static Issue under(String at, Issue issue) {
        String pointer = issue.expressions().get(0);
        return Body.problem(issue.text(), pointer.equals("/") ? at : at + pointer);
    }

    /** The authority of the grantor under the id that the engine knows. */
    private static JsonNode known(JsonNode directive, References references) {
        JsonNode authority = directive.path("grantor").path("authority");
        if (!authority.isTextual() || authority.textValue().isBlank()) {
            return directive;
        }
        ObjectNode copy = directive.deepCopy();
        ((ObjectNode) copy.get("grantor"))
                .put("authority", references.authority(authority.textValue()).toString());
        return copy;
    }

    static List<Given> resources(List<JsonNode> list, boolean apply, List<Issue> problems) {
        ResourceReader reader = new ResourceReader(apply, problems);
        List<Given> resources = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            Given given = reader.read(list.get(i), i);
            if (given != null) {
                resources.add(given);
            }
        }
        return resources;
    }

    private static String pointer(String name) {
        String escaped = name.replace("~", "~0").replace("/", "~1");
        return escaped.length() > 64 ? escaped.substring(0, 64) : escaped;
    }

    /** Persons that resources name. */
    static Set<String> persons(Stream<Given> resources) {
        Set<String> persons = new HashSet<>();
        resources.forEach(given -> persons.addAll(given.persons()));
        return persons;
    }
}
