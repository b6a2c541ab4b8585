package phr.fhir.normalise.clinical.echeckup;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import phr.fhir.jp.CheckupItem;
import phr.fhir.jp.CheckupItems;
import phr.fhir.jp.CheckupSystem;

/**
 * The code of an item stands under the system of the item table, and first. A code of JLAC10 that the table has stays beside it; the
 * other way round nothing is ever copied (checkup-fhir.md §6.1).
 */
final class ItemCodes {

    private static final Set<String> JLAC10 = Set.of(
            "urn:oid:1.2.392.200119.4.504",
            "http://medis.or.jp/CodeSystem/master-JLAC10-17digits",
            "http://jpfhir.jp/fhir/eCheckup/CodeSystem/jlac10",
            "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS",
            "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_InfectionLabo_CS");

    private ItemCodes() {}

    /** The code under the item table's own system. */
    static Optional<String> code(CodeableConcept concept) {
        return concept.getCoding().stream()
                .filter(coding -> own(coding) && coding.hasCode())
                .map(Coding::getCode)
                .findFirst();
    }

    /** The same of a resource that has not been parsed. */
    static Optional<String> code(JsonNode observation) {
        for (JsonNode coding : observation.path("code").path("coding")) {
            String code = coding.path("code").asText("");
            boolean known = JLAC10.contains(coding.path("system").asText(""))
                    && CheckupItems.find(code).isPresent();
            if (!code.isEmpty()
                    && (known
                            || CheckupSystem.ITEM
                                    .url()
                                    .equals(coding.path("system").asText("")))) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }

    /** A laboratory result whose code the item table has, and that is no more than such a result. */
    static boolean joins(Observation observation) {
        boolean plain = !observation.hasComponent()
                && !observation.hasHasMember()
                && observation.getEffective() instanceof DateTimeType
                && observation.getReferenceRange().size() < 2
                && observation.getInterpretation().size() < 3;
        return plain && ofJlac10(observation.getCode()).isPresent();
    }

    private static Optional<String> ofJlac10(CodeableConcept concept) {
        return concept.getCoding().stream()
                .filter(coding -> JLAC10.contains(String.valueOf(coding.getSystem())) && coding.hasCode())
                .map(Coding::getCode)
                .filter(code -> CheckupItems.find(code).isPresent())
                .findFirst();
    }

    /** @return the item's code, which now stands first with its name; empty when the concept has none */
    static String settle(CodeableConcept concept) {
        String code = code(concept).or(() -> ofJlac10(concept)).orElse("");
        if (code.isEmpty()) {
            return code;
        }
        Coding received =
                concept.getCoding().stream().filter(ItemCodes::own).findFirst().orElse(null);
        concept.getCoding().removeIf(ItemCodes::own);
        Coding item = new Coding().setSystem(CheckupSystem.ITEM.url()).setCode(code);
        String name = CheckupItems.find(code).map(CheckupItem::name).orElse(null);
        if (name != null) {
            item.setDisplay(name);
        } else if (received != null && !concept.hasText()) {
            concept.setText(received.getDisplay());
        }
        concept.getCoding().add(0, item);
        return code;
    }

    private static boolean own(Coding coding) {
        return CheckupSystem.ITEM.url().equals(coding.getSystem());
    }
}
