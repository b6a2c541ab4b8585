package phr.fhir.normalise.clinical.echeckup;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;
import phr.fhir.jp.CheckupItem;
import phr.fhir.jp.CheckupItems;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.jp.MunicipalItem;
import phr.fhir.jp.MunicipalItems;

/**
 * The code of an item stands under the system of its item table, and first: the checkup table or that of 自治体検診. A code of JLAC10
 * that a table has stays beside it; the other way round nothing is ever copied (checkup-fhir.md §6.1, §10).
 */
final class ItemCodes {

    /** Written for JLAC10 by eCheckup until 1.5.0, and for its own items by the draft of the municipal guide. */
    private static final String DRAFT = "http://jpfhir.jp/fhir/eCheckup/CodeSystem/jlac10";

    private static final Set<String> JLAC10 = Set.of(
            "urn:oid:1.2.392.200119.4.504",
            "http://medis.or.jp/CodeSystem/master-JLAC10-17digits",
            DRAFT,
            "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS",
            "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_InfectionLabo_CS");

    /**
     * An item as a coding names it.
     *
     * @param system of its table
     * @param item null = outside the table
     */
    record Coded(
            CheckupSystem system, String code, @Nullable CheckupItem item) {

        /** Written under the system of a table, whatever the table holds. */
        static Optional<Coded> own(String system, String code) {
            if (CheckupSystem.ITEM.url().equals(system)) {
                return Optional.of(new Coded(
                        CheckupSystem.ITEM, code, CheckupItems.find(code).orElse(null)));
            }
            return CheckupSystem.MUNICIPAL_ITEM.url().equals(system)
                    ? Optional.of(new Coded(CheckupSystem.MUNICIPAL_ITEM, code, municipal(code)))
                    : Optional.empty();
        }

        /** Written under another system, when a table has the code. */
        static Optional<Coded> alias(String system, String code) {
            Optional<CheckupItem> item = JLAC10.contains(system) ? CheckupItems.find(code) : Optional.empty();
            if (item.isPresent()) {
                return Optional.of(new Coded(CheckupSystem.ITEM, code, item.get()));
            }
            CheckupItem municipal = DRAFT.equals(system) ? municipal(code) : null;
            return Optional.ofNullable(municipal).map(known -> new Coded(CheckupSystem.MUNICIPAL_ITEM, code, known));
        }

        private static @Nullable CheckupItem municipal(String code) {
            return MunicipalItems.find(code).map(MunicipalItem::item).orElse(null);
        }
    }

    private ItemCodes() {}

    /** The code under the checkup table's own system. */
    static Optional<String> code(CodeableConcept concept) {
        return concept.getCoding().stream()
                .filter(coding -> CheckupSystem.ITEM.url().equals(coding.getSystem()) && coding.hasCode())
                .map(Coding::getCode)
                .findFirst();
    }

    /** The item of a resource that has not been parsed. */
    static Optional<String> code(JsonNode observation) {
        for (JsonNode coding : observation.path("code").path("coding")) {
            String system = coding.path("system").asText("");
            String code = coding.path("code").asText("");
            Optional<Coded> found =
                    code.isEmpty() ? Optional.empty() : Coded.own(system, code).or(() -> Coded.alias(system, code));
            if (found.isPresent()) {
                return found.map(Coded::code);
            }
        }
        return Optional.empty();
    }

    /** Coded by a table's own system. */
    static boolean own(Observation observation) {
        return find(observation.getCode(), Coded::own).isPresent();
    }

    /** A laboratory result whose code an item table has, and that is no more than such a result. */
    static boolean joins(Observation observation) {
        boolean plain = !observation.hasComponent()
                && !observation.hasHasMember()
                && observation.getEffective() instanceof DateTimeType
                && observation.getReferenceRange().size() < 2
                && observation.getInterpretation().size() < 3;
        return plain && find(observation.getCode(), Coded::alias).isPresent();
    }

    private static Optional<Coded> find(CodeableConcept concept, BiFunction<String, String, Optional<Coded>> read) {
        return concept.getCoding().stream()
                .filter(Coding::hasCode)
                .flatMap(coding -> read.apply(String.valueOf(coding.getSystem()), coding.getCode()).stream())
                .findFirst();
    }

    /** @return the item, whose coding now stands first with its name; empty when the concept names none */
    static Optional<Coded> settle(CodeableConcept concept) {
        Optional<Coded> found = find(concept, Coded::own).or(() -> find(concept, Coded::alias));
        found.ifPresent(coded -> settle(concept, coded));
        return found;
    }

    private static void settle(CodeableConcept concept, Coded coded) {
        String system = coded.system().url();
        List<Coding> received = concept.getCoding().stream()
                .filter(coding -> system.equals(coding.getSystem()))
                .toList();
        concept.getCoding().removeIf(coding -> system.equals(coding.getSystem()));
        Coding item = new Coding().setSystem(system).setCode(coded.code());
        if (coded.item() != null) {
            item.setDisplay(coded.item().name());
        } else if (!received.isEmpty() && !concept.hasText()) {
            concept.setText(received.get(0).getDisplay());
        }
        concept.getCoding().add(0, item);
    }
}
