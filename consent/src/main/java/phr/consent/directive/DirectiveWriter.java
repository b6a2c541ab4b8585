package phr.consent.directive;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.fhir.Sha256;

/** Writes the native form of a directive (consent-semantics.md §16.4) in one spelling: sets sorted, times in Tokyo. */
public final class DirectiveWriter {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private DirectiveWriter() {}

    /** The whole directive. */
    public static ObjectNode write(Directive directive) {
        ObjectNode json = body(directive);
        if (!directive.id().isEmpty()) {
            json.put("id", directive.id());
        }
        json.put("version", directive.version()).put("state", directive.state().name());
        window(json, "validity", directive.base().validity());
        ObjectNode grantor = json.putObject("grantor");
        grantor.put("capacity", directive.grantor().capacity().name());
        if (directive.grantor().authority() != null) {
            grantor.put("authority", directive.grantor().authority().toString());
        }
        return json;
    }

    /** What the ledger keeps and hashes: effect and every element but validity (§9, {@code body}). */
    public static ObjectNode body(Directive directive) {
        ObjectNode json = JSON.objectNode();
        json.put("effect", directive.effect().name());
        put(json, "phase", directive.phase() == null ? null : directive.phase().name());
        elements(json, directive.effect(), directive.base());
        if (!directive.exceptions().isEmpty()) {
            ArrayNode exceptions = json.putArray("exceptions");
            directive.exceptions().forEach(exception -> exceptions.add(exception(exception)));
        }
        if (!directive.conditions().isEmpty()) {
            ArrayNode conditions = json.putArray("conditions");
            directive.conditions().forEach(condition -> conditions.add(condition(condition)));
        }
        put(
                json,
                "emergency",
                directive.emergency() == null ? null : directive.emergency().code());
        return json;
    }

    /** SHA-256 over the canonical bytes of the body. */
    public static Sha256 bodyHash(Directive directive) {
        return Sha256.of(CanonicalJson.bytes(body(directive)));
    }

    private static ObjectNode exception(ExceptionClause exception) {
        ObjectNode json = JSON.objectNode();
        json.put("effect", exception.effect().name());
        elements(json, exception.effect(), exception.elements());
        window(json, "validity", exception.elements().validity());
        return json;
    }

    private static void elements(ObjectNode json, Effect effect, Elements elements) {
        if (elements.grantees() != null) {
            ArrayNode grantees = json.putArray("grantees");
            elements.grantees().stream().sorted().forEach(grantee -> grantees.add(grantee(grantee)));
        }
        texts(json, "purposes", elements.purposes());
        texts(json, "actions", elements.actions() == null ? null : codes(elements.actions()));
        if (elements.selectors() != null) {
            selectors(json, elements.selectors());
        }
        if (elements.labels() != null) {
            labels(json, effect, elements.labels());
        }
        texts(json, "countries", elements.countries());
        if (Window.ANY.equals(elements.dataPeriod())) {
            json.put("dataPeriod", "ANY");
        } else {
            window(json, "dataPeriod", elements.dataPeriod());
        }
    }

    /** A grantee as it stands in a directive. */
    public static ObjectNode grantee(Grantee grantee) {
        ObjectNode json = JSON.objectNode();
        json.put("kind", grantee.kind().name());
        put(json, "id", grantee.id().isEmpty() ? null : grantee.id());
        put(json, "organisation", grantee.organisation());
        if (grantee.includeUnits()) {
            json.put("includeUnits", true);
        }
        return json;
    }

    private static void selectors(ObjectNode json, Selectors selectors) {
        if (selectors.all()) {
            json.put("selectors", "ALL");
            return;
        }
        ArrayNode list = json.putArray("selectors");
        selectors.list().forEach(selector -> list.add(selector(selector)));
    }

    private static ObjectNode selector(Selector selector) {
        ObjectNode json = JSON.objectNode();
        facet(json, "resourceType", selector.resourceTypes());
        facet(json, "documentType", selector.documentTypes());
        facet(json, "category", selector.categories());
        facet(json, "code", selector.codes());
        facet(json, "label", selector.labels());
        facet(json, "instance", selector.instances());
        facet(json, "author", selector.authors());
        facet(json, "source", selector.sources());
        if (!selector.relatedTo().isEmpty()) {
            ArrayNode relations = json.putArray("relatedTo");
            selector.relatedTo().forEach(relation -> relations
                    .addObject()
                    .put("meaning", relation.meaning().name().toLowerCase(Locale.ROOT))
                    .put("reference", relation.reference()));
        }
        return json;
    }

    private static void labels(ObjectNode json, Effect effect, LabelRule labels) {
        if (labels.any()) {
            json.put("labels", "ANY");
            return;
        }
        ObjectNode rule = json.putObject("labels");
        put(
                rule,
                effect.permits() ? "max" : "min",
                labels.level() == null ? null : labels.level().name());
        if (labels.anySensitivity()) {
            rule.put("sensitivities", "ANY");
        } else if (effect.permits() || !labels.sensitivities().isEmpty()) {
            texts(rule, "sensitivities", labels.sensitivities());
        }
    }

    private static ObjectNode condition(Condition condition) {
        ObjectNode json = JSON.objectNode();
        json.put("code", condition.code().name());
        put(json, "unit", condition.unit());
        facet(json, "functions", condition.functions());
        if (condition.number() != null) {
            json.put(condition.code() == Condition.Code.MAX_FREQUENCY ? "n" : "k", condition.number());
        }
        put(json, "instant", condition.instant() == null ? null : Times.written(condition.instant()));
        if (condition.code() == Condition.Code.RESEARCH) {
            ObjectNode terms = json.putObject("terms");
            new TreeMap<>(condition.terms()).forEach(terms::put);
        }
        return json;
    }

    private static void window(ObjectNode json, String name, @Nullable Window window) {
        if (window == null || window.any()) {
            return;
        }
        ObjectNode period = json.putObject(name);
        put(period, "start", window.from() == null ? null : Times.writtenStart(window.from()));
        put(period, "end", window.until() == null ? null : Times.writtenEnd(window.until()));
    }

    private static Set<String> codes(Collection<Action> actions) {
        return actions.stream().map(Action::code).collect(Collectors.toSet());
    }

    private static void facet(ObjectNode json, String name, Set<String> values) {
        texts(json, name, values.isEmpty() ? null : values);
    }

    private static void texts(ObjectNode json, String name, @Nullable Collection<String> values) {
        if (values != null) {
            ArrayNode list = json.putArray(name);
            values.stream().sorted().forEach(list::add);
        }
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
