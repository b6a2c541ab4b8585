package phr.consent.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import phr.fhir.failure.Issue;

/**
 * Whether a JSON tree has the shape of a FHIR R4 Consent: known elements, of the right JSON type. What the values say is not
 * judged here. Elements by which R5 and R6 change the meaning of a provision pass, because the reader answers them with a finding.
 */
public final class ConsentShape {

    private static final int DEEPEST = 12;

    /** Per type its elements: {@code name:type}, {@code *} for a list; {@code any} is not looked into. */
    private static final Map<String, Map<String, String>> TYPES = new HashMap<>();

    static {
        String element = "id:text extension:Extension*";
        String backbone = element + " modifierExtension:Extension*";
        type(
                "Consent",
                backbone + " resourceType:text meta:Meta implicitRules:text language:text text:any contained:any*"
                        + " identifier:Identifier* status:text scope:CodeableConcept category:CodeableConcept*"
                        + " patient:Reference dateTime:text performer:Reference* organization:Reference*"
                        + " sourceAttachment:any sourceReference:Reference policy:Policy* policyRule:CodeableConcept"
                        + " verification:any* provision:Provision");
        type(
                "Provision",
                backbone + " type:text period:Period actor:Actor* action:CodeableConcept* securityLabel:Coding*"
                        + " purpose:Coding* class:Coding* code:CodeableConcept* dataPeriod:Period data:Data*"
                        + " provision:Provision* expression:any provisionReference:any documentType:any resourceType:any");
        type("Actor", backbone + " role:CodeableConcept reference:Reference");
        type("Data", backbone + " meaning:text reference:Reference");
        type("Policy", backbone + " authority:text uri:text");
        type("Coding", element + " system:text version:text code:text display:text userSelected:flag");
        type("CodeableConcept", element + " coding:Coding* text:text");
        type("Reference", element + " reference:text type:text identifier:Identifier display:text");
        type(
                "Identifier",
                element + " use:text type:CodeableConcept system:text value:text period:Period assigner:Reference");
        type("Period", element + " start:text end:text");
        type(
                "Meta",
                element + " versionId:text lastUpdated:text source:text profile:text* security:Coding* tag:Coding*");
    }

    private final List<Issue> issues = new ArrayList<>();

    private ConsentShape() {}

    /** @return one issue per problem, located by JSON pointer below {@code pointer}; never with a value */
    public static List<Issue> check(JsonNode consent, String pointer) {
        ConsentShape shape = new ConsentShape();
        shape.value(consent, "Consent", pointer, 0);
        return List.copyOf(shape.issues);
    }

    private void value(JsonNode value, String type, String pointer, int depth) {
        if (depth > DEEPEST) {
            problem("is nested too deeply", pointer);
            return;
        }
        boolean right =
                switch (type) {
                    case "any" -> true;
                    case "text" -> value.isTextual();
                    case "flag" -> value.isBoolean();
                    default -> value.isObject();
                };
        if (!right) {
            problem("is of the wrong type", pointer);
        } else if (TYPES.containsKey(type)) {
            members(value, TYPES.getOrDefault(type, Map.of()), pointer, depth);
        }
    }

    private void members(JsonNode object, Map<String, String> allowed, String pointer, int depth) {
        object.fields().forEachRemaining(member -> {
            String name = member.getKey();
            String type = allowed.get(name);
            String at = pointer + "/" + segment(name);
            if (type != null) {
                member(member.getValue(), type, at, depth);
            } else if (!name.startsWith("_") || !allowed.containsKey(name.substring(1))) {
                problem("unknown field", at);
            }
        });
    }

    private void member(JsonNode value, String type, String pointer, int depth) {
        if (!type.endsWith("*")) {
            value(value, type, pointer, depth + 1);
        } else if (!value.isArray()) {
            problem("must be a list", pointer);
        } else {
            String each = type.substring(0, type.length() - 1);
            for (int i = 0; i < value.size(); i++) {
                value(value.get(i), each, pointer + "/" + i, depth + 1);
            }
        }
    }

    private void problem(String text, String pointer) {
        issues.add(Issue.error("structure", "json", text, pointer));
    }

    private static String segment(String name) {
        String escaped = name.replace("~", "~0").replace("/", "~1");
        return escaped.length() > 64 ? escaped.substring(0, 64) : escaped;
    }

    private static void type(String name, String elements) {
        Map<String, String> types = new HashMap<>();
        for (String element : elements.split(" ")) {
            int colon = element.indexOf(':');
            types.put(element.substring(0, colon), element.substring(colon + 1));
        }
        TYPES.put(name, types);
    }
}
