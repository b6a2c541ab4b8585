package phr.fhir.validate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Values of the token search parameters of FHIR R4, as {@code system|code}; {@code |code} where there is no system.
 *
 * <p>The parameters are those of the types that the record serves; a type outside the table gets {@code identifier} and
 * {@code status}.
 */
final class SearchTokens {

    private static final Map<String, Map<String, List<String>>> PARAMETERS = Map.ofEntries(
            Map.entry(
                    "AllergyIntolerance",
                    Map.of(
                            "category", List.of("category"),
                            "clinical-status", List.of("clinicalStatus"),
                            "code", List.of("code", "reaction.substance"),
                            "criticality", List.of("criticality"),
                            "identifier", List.of("identifier"),
                            "type", List.of("type"),
                            "verification-status", List.of("verificationStatus"))),
            Map.entry(
                    "CarePlan",
                    Map.of(
                            "activity-code",
                            List.of("activity.detail.code"),
                            "category",
                            List.of("category"),
                            "identifier",
                            List.of("identifier"),
                            "intent",
                            List.of("intent"),
                            "status",
                            List.of("status"))),
            Map.entry(
                    "CareTeam",
                    Map.of(
                            "category", List.of("category"),
                            "identifier", List.of("identifier"),
                            "status", List.of("status"))),
            Map.entry(
                    "Communication",
                    Map.of(
                            "category", List.of("category"),
                            "identifier", List.of("identifier"),
                            "medium", List.of("medium"),
                            "status", List.of("status"))),
            Map.entry(
                    "Condition",
                    Map.of(
                            "category", List.of("category"),
                            "clinical-status", List.of("clinicalStatus"),
                            "code", List.of("code"),
                            "identifier", List.of("identifier"),
                            "severity", List.of("severity"),
                            "verification-status", List.of("verificationStatus"))),
            Map.entry(
                    "Coverage",
                    Map.of(
                            "type", List.of("type"),
                            "status", List.of("status"),
                            "identifier", List.of("identifier"))),
            Map.entry(
                    "DiagnosticReport",
                    Map.of(
                            "category",
                            List.of("category"),
                            "code",
                            List.of("code"),
                            "conclusion",
                            List.of("conclusionCode"),
                            "identifier",
                            List.of("identifier"),
                            "status",
                            List.of("status"))),
            Map.entry(
                    "DocumentReference",
                    Map.of(
                            "type", List.of("type"),
                            "category", List.of("category"),
                            "status", List.of("status"),
                            "format", List.of("content.format"),
                            "contenttype", List.of("content.attachment.contentType"),
                            "identifier", List.of("masterIdentifier", "identifier"))),
            Map.entry(
                    "Encounter",
                    Map.of(
                            "class", List.of("class"),
                            "type", List.of("type"),
                            "status", List.of("status"),
                            "identifier", List.of("identifier"))),
            Map.entry(
                    "FamilyMemberHistory",
                    Map.of(
                            "code",
                            List.of("condition.code"),
                            "identifier",
                            List.of("identifier"),
                            "relationship",
                            List.of("relationship"),
                            "sex",
                            List.of("sex"),
                            "status",
                            List.of("status"))),
            Map.entry("Flag", Map.of("identifier", List.of("identifier"))),
            Map.entry(
                    "Goal",
                    Map.of(
                            "achievement-status",
                            List.of("achievementStatus"),
                            "category",
                            List.of("category"),
                            "identifier",
                            List.of("identifier"),
                            "lifecycle-status",
                            List.of("lifecycleStatus"))),
            Map.entry(
                    "ImagingStudy",
                    Map.of(
                            "bodysite",
                            List.of("series.bodySite"),
                            "identifier",
                            List.of("identifier"),
                            "modality",
                            List.of("series.modality"),
                            "reason",
                            List.of("reasonCode"),
                            "status",
                            List.of("status"))),
            Map.entry(
                    "Immunization",
                    Map.of(
                            "identifier",
                            List.of("identifier"),
                            "reason-code",
                            List.of("reasonCode"),
                            "status",
                            List.of("status"),
                            "status-reason",
                            List.of("statusReason"),
                            "target-disease",
                            List.of("protocolApplied.targetDisease"),
                            "vaccine-code",
                            List.of("vaccineCode"))),
            Map.entry(
                    "Media",
                    Map.of(
                            "identifier",
                            List.of("identifier"),
                            "modality",
                            List.of("modality"),
                            "site",
                            List.of("bodySite"),
                            "status",
                            List.of("status"),
                            "type",
                            List.of("type"),
                            "view",
                            List.of("view"))),
            Map.entry(
                    "MedicationAdministration",
                    Map.of(
                            "code",
                            List.of("medication[x]"),
                            "identifier",
                            List.of("identifier"),
                            "reason-given",
                            List.of("reasonCode"),
                            "reason-not-given",
                            List.of("statusReason"),
                            "status",
                            List.of("status"))),
            Map.entry(
                    "MedicationDispense",
                    Map.of(
                            "code", List.of("medication[x]"),
                            "identifier", List.of("identifier"),
                            "status", List.of("status"),
                            "type", List.of("type"))),
            Map.entry(
                    "MedicationRequest",
                    Map.of(
                            "category",
                            List.of("category"),
                            "code",
                            List.of("medication[x]"),
                            "identifier",
                            List.of("identifier"),
                            "intended-performertype",
                            List.of("performerType"),
                            "intent",
                            List.of("intent"),
                            "priority",
                            List.of("priority"),
                            "status",
                            List.of("status"))),
            Map.entry(
                    "MedicationStatement",
                    Map.of(
                            "category", List.of("category"),
                            "code", List.of("medication[x]"),
                            "identifier", List.of("identifier"),
                            "status", List.of("status"))),
            Map.entry(
                    "Observation",
                    Map.of(
                            "code", List.of("code"),
                            "combo-code", List.of("code", "component.code"),
                            "component-code", List.of("component.code"),
                            "category", List.of("category"),
                            "method", List.of("method"),
                            "data-absent-reason", List.of("dataAbsentReason"),
                            "value-concept", List.of("value[x]"),
                            "status", List.of("status"),
                            "identifier", List.of("identifier"))),
            Map.entry(
                    "Organization",
                    Map.of(
                            "type", List.of("type"),
                            "active", List.of("active"),
                            "identifier", List.of("identifier"))),
            Map.entry(
                    "Patient",
                    Map.of(
                            "gender", List.of("gender"),
                            "active", List.of("active"),
                            "telecom", List.of("telecom"),
                            "identifier", List.of("identifier"))),
            Map.entry("Practitioner", Map.of("active", List.of("active"), "identifier", List.of("identifier"))),
            Map.entry(
                    "Procedure",
                    Map.of(
                            "category",
                            List.of("category"),
                            "code",
                            List.of("code"),
                            "identifier",
                            List.of("identifier"),
                            "reason-code",
                            List.of("reasonCode"),
                            "status",
                            List.of("status"))),
            Map.entry(
                    "Specimen",
                    Map.of(
                            "accession",
                            List.of("accessionIdentifier"),
                            "bodysite",
                            List.of("collection.bodySite"),
                            "identifier",
                            List.of("identifier"),
                            "status",
                            List.of("status"),
                            "type",
                            List.of("type"))));

    private static final Map<String, List<String>> OTHERS =
            Map.of("identifier", List.of("identifier"), "status", List.of("status"));

    private SearchTokens() {}

    static Map<String, Set<String>> of(Resource resource) {
        Map<String, Set<String>> tokens = new HashMap<>();
        PARAMETERS.getOrDefault(resource.fhirType(), OTHERS).forEach((parameter, paths) -> {
            Set<String> values = new TreeSet<>();
            paths.forEach(path -> collect(resource, path.split("\\."), 0, values));
            put(tokens, parameter, values);
        });
        Set<String> tags = new TreeSet<>();
        resource.getMeta().getTag().forEach(tag -> add(tag, tags));
        put(tokens, "_tag", tags);
        return tokens;
    }

    private static void put(Map<String, Set<String>> tokens, String parameter, Set<String> values) {
        if (!values.isEmpty()) {
            tokens.put(parameter, Set.copyOf(values));
        }
    }

    private static void collect(Base owner, String[] path, int depth, Set<String> values) {
        var property = owner.getNamedProperty(path[depth]);
        if (property == null) {
            return;
        }
        for (Base value : property.getValues()) {
            if (value == null || value.isEmpty()) {
                continue;
            }
            if (depth + 1 < path.length) {
                collect(value, path, depth + 1, values);
            } else {
                add(value, values);
            }
        }
    }

    private static void add(Base value, Set<String> values) {
        if (value instanceof CodeableConcept concept) {
            concept.getCoding().forEach(coding -> add(coding, values));
        } else if (value instanceof Coding coding && coding.hasCode()) {
            values.add(token(coding.getSystem(), coding.getCode()));
        } else if (value instanceof Identifier identifier && identifier.hasValue()) {
            values.add(token(identifier.getSystem(), identifier.getValue()));
        } else if (value instanceof ContactPoint telecom && telecom.hasValue()) {
            values.add(token(null, telecom.getValue()));
        } else if (value instanceof Enumeration<?> code && code.hasValue()) {
            values.add(token(code.getSystem(), code.getValueAsString()));
        } else if (value instanceof PrimitiveType<?> primitive
                && primitive.hasValue()
                && (value instanceof BooleanType || value instanceof CodeType)) {
            values.add(token(null, primitive.getValueAsString()));
        }
    }

    private static String token(@Nullable String system, String code) {
        return (system == null ? "" : system) + "|" + code;
    }
}
