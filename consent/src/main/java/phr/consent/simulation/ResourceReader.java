package phr.consent.simulation;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ScalarType;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ValueType;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import phr.fhir.Fhir;
import phr.fhir.catalogue.Catalogue;
import phr.fhir.catalogue.FactsReader;
import phr.fhir.facts.Facts;
import phr.fhir.facts.PhrCategory;
import phr.fhir.failure.Issue;
import phr.fhir.label.LabelTables;

/** Reads the resources of a body as facts (consent-semantics.md §16.4, §4.2). */
final class ResourceReader {

    private static final List<String> PERSON_ELEMENTS = List.of("subject", "patient", "beneficiary");

    private final boolean apply;
    private final List<Issue> problems;
    private final IParser parser = Fhir.context().newJsonParser().setParserErrorHandler(new Structure());

    ResourceReader(boolean apply, List<Issue> problems) {
        this.apply = apply;
        this.problems = problems;
    }

    /** Null, and a problem, when it is no FHIR R4 resource. */
    @Nullable
    Given read(JsonNode json, int index) {
        String at = "/resources/" + index;
        if (!json.isObject()) {
            problems.add(Body.problem("must be an object", at));
            return null;
        }
        if (!json.path("resourceType").isTextual()) {
            problems.add(Body.problem("is required", at + "/resourceType"));
            return null;
        }
        try {
            IBaseResource parsed = parser.parseResource(json.toString());
            String type = json.get("resourceType").textValue();
            String id = json.path("id").isTextual() ? json.get("id").textValue() : null;
            return new Given(
                    index,
                    id == null ? type : type + "/" + id,
                    persons(json, type, id),
                    facts((Resource) parsed, id),
                    json.has("text"));
        } catch (DataFormatException | ClassCastException | IllegalArgumentException e) {
            problems.add(Body.problem("is no FHIR R4 resource: an unknown element, or one of the wrong type", at));
            return null;
        }
    }

    private Facts facts(Resource resource, @Nullable String id) {
        UUID known = id == null ? UUID.randomUUID() : References.uuid(id);
        resource.setId(known.toString());
        String source = resource.getMeta().getSource();
        Set<PhrCategory> categories = Catalogue.categories(resource);
        LabelTables tables = LabelTables.bundled();
        Facts facts = apply
                ? FactsReader.read(resource, source, categories, null, tables)
                : FactsReader.asGiven(resource, source, categories, tables);
        return facts.withLinksOut(References.local(facts.linksOut()));
    }

    private static Set<String> persons(JsonNode json, String type, @Nullable String id) {
        Set<String> persons = new LinkedHashSet<>();
        if (type.equals("Patient") && id != null) {
            persons.add("Patient/" + id);
        }
        for (String name : PERSON_ELEMENTS) {
            JsonNode element = json.path(name);
            if (element.isArray()) {
                element.forEach(each -> add(persons, each));
            } else {
                add(persons, element);
            }
        }
        return persons;
    }

    private static void add(Set<String> persons, JsonNode reference) {
        String named = reference(reference);
        if (named != null) {
            persons.add(named);
        }
    }

    private static @Nullable String reference(JsonNode reference) {
        if (reference.path("reference").isTextual()) {
            return reference.get("reference").textValue();
        }
        JsonNode identifier = reference.path("identifier");
        return identifier.path("value").isTextual()
                ? identifier.path("system").asText("") + "|"
                        + identifier.get("value").textValue()
                : null;
    }

    /** Unknown elements and wrong shapes are refused; a broken date is data of unknown time. Logs nothing. */
    private static final class Structure extends LenientErrorHandler {

        Structure() {
            super(false);
            setErrorOnInvalidValue(false);
            setErrorOnInvalidExtension(false);
        }

        @Override
        public void unknownElement(@Nullable IParseLocation location, String name) {
            throw new DataFormatException("unknown element");
        }

        @Override
        public void unknownAttribute(@Nullable IParseLocation location, String name) {
            throw new DataFormatException("unknown attribute");
        }

        @Override
        public void unexpectedRepeatingElement(@Nullable IParseLocation location, String name) {
            throw new DataFormatException("repeats");
        }

        @Override
        public void incorrectJsonType(
                @Nullable IParseLocation location,
                String name,
                ValueType expected,
                @Nullable ScalarType expectedScalar,
                ValueType found,
                @Nullable ScalarType foundScalar) {
            throw new DataFormatException("wrong type");
        }
    }
}
