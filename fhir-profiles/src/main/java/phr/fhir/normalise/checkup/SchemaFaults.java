package phr.fhir.normalise.checkup;

import java.util.List;
import java.util.Set;
import phr.fhir.normalise.xml.Element;

/** What the official schema would reject and we read all the same, each with a warning (checkup-cda.md §13, N-3, N-6). */
final class SchemaFaults {

    private static final List<String> OBSERVATION = List.of(
            "realmCode",
            "typeId",
            "templateId",
            "id",
            "code",
            "derivationExpr",
            "text",
            "statusCode",
            "effectiveTime",
            "priorityCode",
            "repeatNumber",
            "languageCode",
            "value",
            "interpretationCode",
            "methodCode",
            "targetSiteCode",
            "subject",
            "specimen",
            "performer",
            "author",
            "informant",
            "participant",
            "entryRelationship",
            "reference",
            "precondition",
            "referenceRange");
    private static final List<String> DOCUMENT = List.of(
            "realmCode",
            "typeId",
            "templateId",
            "id",
            "code",
            "title",
            "effectiveTime",
            "confidentialityCode",
            "languageCode",
            "recordTarget",
            "author",
            "dataEnterer",
            "custodian",
            "informationRecipient",
            "participant",
            "documentationOf",
            "component");
    private static final Set<String> REQUIRED = Set.of("classCode", "moodCode");

    private SchemaFaults() {}

    static void observation(Element observation, Located issues) {
        if (!ordered(observation.children().stream().map(child -> child.name).toList(), OBSERVATION)) {
            issues.warning("structure", "N-6", "children in another order than the schema's", observation);
        }
        if (REQUIRED.stream().anyMatch(name -> observation.code(name) == null)) {
            issues.warning("required", "CDA-13", "classCode or moodCode missing", observation);
        }
        observation.at("referenceRange", "observationRange").ifPresent(range -> {
            if (!"EVN.CRT".equals(range.code("moodCode"))) {
                issues.information("code-invalid", "CDA-13", "moodCode of the reference range is not EVN.CRT", range);
            }
        });
    }

    static void document(Header header, Located issues) {
        if (!ordered(header.order(), DOCUMENT)) {
            issues.warning("structure", "N-6", "children in another order than the schema's", header.root());
        }
        if (!Header.CDA.equals(header.root().namespace)) {
            issues.warning("structure", "CDA-2.3", "root element outside the CDA namespace", header.root());
        }
    }

    private static boolean ordered(List<String> names, List<String> order) {
        int last = 0;
        for (String name : names) {
            int place = order.indexOf(name);
            if (place >= 0 && place < last) {
                return false;
            }
            last = Math.max(last, place);
        }
        return true;
    }
}
