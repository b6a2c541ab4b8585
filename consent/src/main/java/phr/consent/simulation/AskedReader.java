package phr.consent.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.consent.Capacity;
import phr.consent.ClientApp;
import phr.consent.Party;
import phr.consent.Research;
import phr.consent.directive.Fields;
import phr.consent.directive.Purposes;
import phr.fhir.failure.Issue;

/** Reads {@code request} (consent-semantics.md §16.4). What is missing is no problem of the body: the decisions say so. */
final class AskedReader {

    private static final Set<String> FIELDS = Set.of(
            "capacity",
            "app",
            "organisation",
            "user",
            "system",
            "roles",
            "authority",
            "purposes",
            "action",
            "research");

    /** Short names of research terms (§7.3). */
    private static final Map<String, String> TERMS =
            Map.of("GRU", "0000042", "HMB", "0000006", "DS", "0000007", "POA", "0000011", "NRES", "0000004");

    private final Fields fields;
    private final JsonNode json;
    private final List<Issue> problems;
    private final References references;

    private AskedReader(JsonNode json, List<Issue> problems, References references) {
        this.fields = Fields.of(json, "/request", FIELDS, problems);
        this.json = json;
        this.problems = problems;
        this.references = references;
    }

    static Asked read(JsonNode body, References references, List<Issue> problems) {
        JsonNode request = body.path("request");
        return request.isMissingNode() ? Asked.NOTHING : new AskedReader(request, problems, references).asked();
    }

    private Asked asked() {
        String authority = fields.text("authority");
        return new Asked(
                fields.choice("capacity", Capacity.values(), Capacity::name),
                app(),
                party(fields.object("organisation", Set.of("id", "aliases", "classes", "country"))),
                user(),
                fields.flag("system"),
                texts(fields, "roles"),
                authority == null ? null : references.authority(authority).toString(),
                purposes(),
                fields.choice("action", Action.values(), Action::code),
                research());
    }

    private @Nullable ClientApp app() {
        Fields app = fields.object("app", Set.of("id", "firstParty", "processor", "vendor"));
        if (app == null) {
            return null;
        }
        String id = app.text("id");
        boolean firstParty = app.flag("firstParty");
        boolean processor = app.flag("processor");
        Party vendor = party(app.object("vendor", Set.of("id", "aliases", "classes", "country")));
        return id == null ? null : new ClientApp(id, firstParty, processor, vendor);
    }

    private static @Nullable Party party(@Nullable Fields party) {
        if (party == null) {
            return null;
        }
        String id = party.text("id");
        Set<String> aliases = texts(party, "aliases");
        Set<String> classes = texts(party, "classes");
        String country = party.text("country");
        if (country != null && !country.matches("[A-Z]{2}")) {
            party.problem("must be an ISO 3166-1 code of two letters", "country");
        }
        return id == null ? null : new Party(id, aliases, classes, country == null ? "JP" : country);
    }

    private Asked.User user() {
        Fields user = fields.object("user", Set.of("id", "aliases", "groups", "relationships", "verified"));
        if (user == null) {
            return Asked.User.NOBODY;
        }
        return new Asked.User(
                user.text("id"),
                texts(user, "aliases"),
                texts(user, "groups"),
                texts(user, "relationships"),
                !user.has("verified") || user.flag("verified"));
    }

    /** In the order declared; the same code twice counts once. */
    private List<String> purposes() {
        Set<String> purposes = fields.texts("purposes", text -> true, true);
        return purposes == null
                ? List.of()
                : new ArrayList<>(
                        purposes.stream().map(Purposes::bare).distinct().toList());
    }

    private @Nullable Research research() {
        Fields research = fields.object("research", Set.of("term", "disease", "facts"));
        if (research == null) {
            return null;
        }
        String term = research.text("term");
        String disease = research.text("disease");
        Map<String, String> facts = new HashMap<>();
        JsonNode given = json.path("research").path("facts");
        if (!given.isMissingNode() && !given.isObject()) {
            research.problem("must be an object", "facts");
        }
        given.fields().forEachRemaining(fact -> {
            if (fact.getValue().isBoolean() || fact.getValue().isTextual()) {
                facts.put(duo(fact.getKey()), fact.getValue().asText());
            } else {
                problems.add(Body.problem("must be true, false or a text", "/request/research/facts"));
            }
        });
        return new Research(term == null ? null : duo(term), disease, facts);
    }

    private static String duo(String code) {
        String bare = code.replaceFirst("^(.*obo/)?DUO[:_]", "");
        return TERMS.getOrDefault(bare, bare);
    }

    private static Set<String> texts(Fields fields, String name) {
        Set<String> texts = fields.texts(name, text -> true, true);
        return texts == null ? Set.of() : texts;
    }
}
