package phr.fhir.normalise.vendor.record;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.PhrCategory;
import phr.fhir.jp.CheckupCategory;
import phr.fhir.jp.CheckupItem;
import phr.fhir.jp.CheckupItems;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.jp.MunicipalItem;
import phr.fhir.jp.MunicipalItems;
import phr.fhir.jp.ValueType;
import phr.fhir.normalise.vendor.table.Column;
import phr.fhir.normalise.vendor.table.Role;

/**
 * What a column is the result of.
 *
 * @param known its row in the checkup or municipal table, null = an item of the operator's table
 * @param answers written answer to code, or to {@code system#code display}
 */
record Item(
        Coding coding,
        ValueType type,
        @Nullable CheckupItem known,
        String hl7,
        String jp,
        Map<String, String> answers) {

    /** An item of a table. */
    static Optional<Item> of(String code, Map<String, String> answers) {
        Optional<CheckupItem> checkup = CheckupItems.find(code);
        CheckupSystem system = checkup.isPresent() ? CheckupSystem.ITEM : CheckupSystem.MUNICIPAL_ITEM;
        return checkup.or(() -> MunicipalItems.find(code).map(MunicipalItem::item))
                .map(item -> {
                    CheckupCategory category = CheckupCategory.of(code, item);
                    Coding coding =
                            new Coding().setSystem(system.url()).setCode(code).setDisplay(item.name());
                    return new Item(coding, item.type(), item, category.hl7(), category.japanese(), answers);
                });
    }

    /**
     * The item of a column.
     *
     * @param observed HL7 category of items that have none of their own, empty = {@code exam}
     */
    static Item of(Column column, String observed) {
        String first = column.details().keySet().iterator().next();
        if (column.role() == Role.ITEM) {
            return of(first, column.details()).orElseThrow();
        }
        ValueType type = column.role() == Role.NUMBER
                ? ValueType.PQ
                : column.role() == Role.ANSWER ? ValueType.CD : ValueType.ST;
        String category = observed.isEmpty() ? "exam" : observed;
        return new Item(coding(first), type, null, category, category, column.details());
    }

    /** From <code>system#code display</code>. */
    static Coding coding(String written) {
        int hash = written.indexOf('#');
        int blank = written.indexOf(' ', hash);
        Coding coding = new Coding()
                .setSystem(written.substring(0, hash))
                .setCode(blank < 0 ? written.substring(hash + 1) : written.substring(hash + 1, blank));
        return blank < 0 ? coding : coding.setDisplay(written.substring(blank + 1));
    }

    CodeableConcept category() {
        return new CodeableConcept()
                .addCoding(new Coding()
                        .setSystem(CheckupSystem.OBSERVATION_CATEGORY.url())
                        .setCode(hl7))
                .addCoding(new Coding()
                        .setSystem(CheckupSystem.JP_OBSERVATION_CATEGORY.url())
                        .setCode(jp));
    }

    /** Consent categories beside the file's own. */
    Set<PhrCategory> more() {
        Set<PhrCategory> more = EnumSet.noneOf(PhrCategory.class);
        if (hl7.equals("laboratory")) {
            more.add(PhrCategory.LAB);
        }
        if (known != null && CheckupCategory.infection(known.code())) {
            more.add(PhrCategory.INFECTION_SENSITIVE);
        }
        return more;
    }
}
