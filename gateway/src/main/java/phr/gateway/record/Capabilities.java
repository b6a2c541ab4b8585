package phr.gateway.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import phr.fhir.Fhir;
import phr.fhir.echeckup.ECheckupForm;
import phr.fhir.guide.Guide;

/** The CapabilityStatement (FHIR R4), built from the same tables that the endpoints obey. */
final class Capabilities {

    static final List<String> TYPES = List.of(
            "AllergyIntolerance",
            "Binary",
            "CarePlan",
            "CareTeam",
            "Communication",
            "Condition",
            "Coverage",
            "Device",
            "DiagnosticReport",
            "DocumentReference",
            "Encounter",
            "ExplanationOfBenefit",
            "FamilyMemberHistory",
            "Flag",
            "Goal",
            "ImagingStudy",
            "Immunization",
            "Location",
            "Media",
            "Medication",
            "MedicationAdministration",
            "MedicationDispense",
            "MedicationRequest",
            "MedicationStatement",
            "Observation",
            "Organization",
            "Patient",
            "Practitioner",
            "PractitionerRole",
            "Procedure",
            "Provenance",
            "Specimen");

    /** Id of the statement in the guide. */
    private static final String GUIDE = "phr-gateway";

    private final ObjectNode statement = JsonNodeFactory.instance.objectNode();

    Capabilities(String baseUrl, String name, String version, Instant now) {
        statement
                .put("resourceType", "CapabilityStatement")
                .put("status", "active")
                .put("date", now.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("kind", "instance")
                .put("fhirVersion", "4.0.1");
        statement.putObject("software").put("name", "PHR gateway").put("version", version);
        statement.putObject("implementation").put("description", name).put("url", baseUrl);
        statement.putArray("instantiates").add(Fhir.CANONICAL + "/CapabilityStatement/" + GUIDE);
        statement.putArray("format").add("application/fhir+json").add("json");
        ObjectNode rest = statement.putArray("rest").addObject().put("mode", "server");
        rest.put(
                "documentation",
                "Each call names one person, and answers only what her consents permit."
                        + " The header Purpose-Of-Use is mandatory. Unknown parameters are refused.");
        ObjectNode security = rest.putObject("security");
        security.putArray("service")
                .addObject()
                .putArray("coding")
                .addObject()
                .put("system", "http://terminology.hl7.org/CodeSystem/restful-security-service")
                .put("code", "SMART-on-FHIR");
        ArrayNode resources = rest.putArray("resource");
        TYPES.forEach(type -> resource(resources.addObject(), type));
        composition(resources.addObject());
        consent(resources.addObject());
        subscription(resources.addObject());
        resources.forEach(resource -> conformance((ObjectNode) resource));
        bundles(rest);
        validate(rest);
    }

    byte[] json() {
        return StoredJson.write(statement);
    }

    /** The same for any installation, as the guide states it: without name, address and time of this one. */
    ObjectNode requirements() {
        ObjectNode requirements = statement.objectNode().put("resourceType", "CapabilityStatement");
        requirements
                .put("id", GUIDE)
                .put("url", Fhir.CANONICAL + "/CapabilityStatement/" + GUIDE)
                .put("version", Guide.VERSION)
                .put("name", "PhrGateway")
                .put("title", "PHR gateway");
        requirements.setAll(
                (ObjectNode) statement.deepCopy().without(List.of("software", "implementation", "instantiates")));
        return requirements
                .put("date", "2026-01-01")
                .put("kind", "requirements")
                .put("publisher", "PHR gateway")
                .put("description", "What every installation of the PHR gateway can do.");
    }

    private static void conformance(ObjectNode resource) {
        ArrayNode profiles = resource.arrayNode();
        Guide.profiles(resource.path("type").asText()).forEach(profiles::add);
        if (!profiles.isEmpty()) {
            resource.set("supportedProfile", profiles);
        }
        validate(resource);
    }

    private static void bundles(ObjectNode rest) {
        ArrayNode interactions = rest.putArray("interaction");
        for (String code : List.of("batch", "transaction")) {
            interactions
                    .addObject()
                    .put("code", code)
                    .put(
                            "documentation",
                            "POST and PUT of Observations of one person, without conditions; at most 10,000."
                                    + " A resource is known by its first identifier, else by its id within the client.");
        }
    }

    private static void validate(ObjectNode owner) {
        operation(
                owner,
                "validate",
                "http://hl7.org/fhir/OperationDefinition/Resource-validate",
                "POST of a resource or Parameters, at most 1 MiB; parameters profile and mode");
    }

    private static void operation(ObjectNode owner, String name, String definition, String documentation) {
        owner.withArray("operation")
                .addObject()
                .put("name", name)
                .put("definition", definition)
                .put("documentation", documentation);
    }

    private static void resource(ObjectNode resource, String type) {
        resource.put("type", type);
        ArrayNode interactions = resource.putArray("interaction");
        interactions.addObject().put("code", "read");
        if (type.matches(Route.TYPES)) {
            interactions.addObject().put("code", "vread");
            interactions.addObject().put("code", "history-instance");
        }
        if (type.matches(Route.DELETABLE)) {
            interactions.addObject().put("code", "delete");
        }
        resource.put("versioning", "versioned")
                .put("readHistory", type.matches(Route.TYPES))
                .put("conditionalRead", "not-match");
        Optional<SearchedType> searched = SearchedType.of(type);
        searched.ifPresent(known -> {
            interactions.addObject().put("code", "search-type");
            inclusions(resource, known);
            parameters(resource.putArray("searchParam"), known);
        });
        if (type.equals("Patient")) {
            operation(
                    resource,
                    "everything",
                    "http://hl7.org/fhir/OperationDefinition/Patient-everything",
                    "GET with _count, _type, _since, _cursor and _dense=sampled, hourly or each, sampled when absent");
        }
        if (type.equals("Observation")) {
            operation(
                    resource,
                    "stats",
                    "http://hl7.org/fhir/OperationDefinition/Observation-stats",
                    "GET, or POST of Parameters; unit=DAY, WEEK or MONTH gives one result for each whole unit");
            operation(
                    resource,
                    "judgement",
                    Fhir.CANONICAL + "/OperationDefinition/observation-judgement",
                    "GET, or POST of Parameters: checkup results beside published thresholds; no diagnosis");
        }
    }

    /** Made when it is asked for, of a checkup. */
    private static void composition(ObjectNode resource) {
        resource.put("type", "Composition")
                .put(
                        "documentation",
                        "The record keeps none. The Composition of a checkup has the id of its Encounter (class checkup).")
                .putArray("operation")
                .addObject()
                .put("name", "document")
                .put("definition", "http://hl7.org/fhir/OperationDefinition/Composition-document")
                .put(
                        "documentation",
                        "GET with profile=" + ECheckupForm.PROFILE + " for the eCheckup form, else the resources as"
                                + " stored; persist=false. What the form cannot carry is named in extensions"
                                + " document-remark of the Composition");
    }

    /** Directives are no part of the record: they have a ledger and interactions of their own. */
    private static void consent(ObjectNode resource) {
        resource.put("type", "Consent");
        ArrayNode interactions = resource.putArray("interaction");
        for (String code : List.of("read", "vread", "history-instance", "search-type", "create")) {
            interactions.addObject().put("code", code);
        }
        resource.put("versioning", "versioned").put("readHistory", true);
        ArrayNode parameters = resource.putArray("searchParam");
        parameter(parameters, "patient", "reference", "the person; may be left out for one's own");
        parameter(parameters, "status", "token", "codes of consent-state-codes, separated by commas");
        parameter(parameters, "_count", "number", "0 to " + SearchParameters.MOST + ", 50 when absent");
    }

    /** Each client sees its own only. */
    private static void subscription(ObjectNode resource) {
        resource.put("type", "Subscription");
        ArrayNode interactions = resource.putArray("interaction");
        for (String code : List.of("read", "search-type", "create", "update", "delete")) {
            interactions.addObject().put("code", code);
        }
        resource.put("versioning", "versioned")
                .put("readHistory", false)
                .put("updateCreate", false)
                .put(
                        "documentation",
                        "Channel rest-hook. criteria: [type]?patient=[id]&..., with the parameters of the type that"
                                + " select. Decided again at each delivery. Without payload: an empty POST for all"
                                + " that waits. With application/fhir+json: PUT [endpoint]/[type]/[id], or POST"
                                + " [endpoint] of a batch Bundle of such PUTs when several wait.");
        ArrayNode parameters = resource.putArray("searchParam");
        parameter(parameters, "status", "token", "active, error or off");
        parameter(parameters, "_count", "number", "0 to 999, 50 when absent");
    }

    private static void parameters(ArrayNode parameters, SearchedType type) {
        for (String name : type.people()) {
            parameter(parameters, name, "reference", "the person; exactly one is required of " + type.people());
        }
        for (String name : new TreeSet<>(type.tokens())) {
            boolean sets = type.coded().contains(name + ValueSetParameter.IN);
            parameter(
                    parameters,
                    name,
                    "token",
                    "system|code, |code, system| or code; modifier not"
                            + (sets ? ", and in with value sets of the guide" : ""));
        }
        if (type.date() != null) {
            parameter(parameters, type.date(), "date", type.dateMeaning() + "; prefixes eq ne lt gt le ge sa eb");
        }
        if (type.quantity() != null) {
            parameter(
                    parameters,
                    type.quantity(),
                    "quantity",
                    "number, number|system|code or number||code; prefixes eq ne lt gt le ge sa eb ap; units are not converted");
            parameter(
                    parameters,
                    SearchParameters.DENSE,
                    "special",
                    "sampled: dense samples by day as SampledData and summaries; hourly: by hour; each when absent");
        }
        parameter(parameters, "_id", "token", "logical ids");
        parameter(parameters, "_lastUpdated", "date", "time of the last version; prefixes as date");
        parameter(
                parameters,
                "_sort",
                "special",
                "one of " + new TreeSet<>(SearchParameters.ORDERS.keySet()) + "; -date when absent");
        parameter(parameters, "_summary", "special", "count or false");
        parameter(parameters, "_total", "special", "none, estimate or accurate; none when absent");
        parameter(
                parameters,
                "_count",
                "number",
                "1 to " + SearchParameters.MOST + ", " + SearchParameters.COUNT + " when absent");
    }

    private static void inclusions(ObjectNode resource, SearchedType type) {
        ArrayNode include = resource.putArray("searchInclude");
        Inclusion.known(type.type()).forEach(include::add);
        ArrayNode revinclude = resource.putArray("searchRevInclude");
        Inclusion.types().forEach(other -> Inclusion.known(other).forEach(revinclude::add));
    }

    private static void parameter(ArrayNode parameters, String name, String type, String documentation) {
        parameters.addObject().put("name", name).put("type", type).put("documentation", documentation);
    }
}
