package phr.fhir.normalise.vendor.record;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Issue;
import phr.fhir.jp.AnswerLists;
import phr.fhir.jp.CheckupItem;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.jp.CheckupUnits;
import phr.fhir.jp.Generation;
import phr.fhir.jp.ItemCoding;
import phr.fhir.jp.MunicipalItems;
import phr.fhir.normalise.lifelog.LifelogFile;
import phr.fhir.normalise.vendor.measure.Numbers;
import phr.fhir.normalise.vendor.table.Column;
import phr.fhir.normalise.vendor.table.Kind;
import phr.fhir.normalise.vendor.table.Role;
import phr.fhir.text.Width;

/** Results of items as Observations, with the value rules of checkup-cda.md §6.4 and §11. */
final class Results {

    private final Kind kind;
    private final LifelogFile file;
    private final Map<Integer, Item> items = new HashMap<>();

    Results(Kind kind, LifelogFile file) {
        this.kind = kind;
        this.file = file;
    }

    /** The item of a column with a result; empty when a row names one that no table has. */
    Optional<Item> item(Column column, Cells cells) {
        if (column.role() != Role.RESULT) {
            return Optional.of(
                    items.computeIfAbsent(column.ordinal(), ordinal -> Item.of(column, kind.setting(Role.OBSERVED))));
        }
        Column code = kind.column(Role.CODE, cells.group());
        String written = Width.nfkcTrimmed(cells.text(code));
        String known = code == null ? "" : code.details().getOrDefault(written, "");
        return Item.of(known.isEmpty() ? written : known, Map.of());
    }

    /** The Observation without identity; null when its value cannot be read, which is reported. */
    @Nullable
    Observation of(Item item, Column column, Cells cells, When when) {
        Type value = value(item, column, cells, when);
        if (value == null) {
            return null;
        }
        Observation result = new Observation();
        result.setStatus(Observation.ObservationStatus.FINAL);
        result.addCategory(item.category());
        result.setCode(new CodeableConcept().addCoding(item.coding().copy()));
        result.setEffective(new DateTimeType(when.fhir()));
        result.setValue(value);
        if (!cells.text(Role.NOTE).isEmpty()) {
            result.addNote().setText(cells.text(Role.NOTE));
        }
        return result;
    }

    private @Nullable Type value(Item item, Column column, Cells cells, When when) {
        String text = cells.text(column);
        return switch (item.type()) {
            case PQ -> quantity(item.known(), column, cells);
            case CD, CO -> answer(item, text, cells, when);
            case ST -> new StringType(text);
        };
    }

    private @Nullable Quantity quantity(@Nullable CheckupItem known, Column column, Cells cells) {
        BigDecimal number = Cells.number(cells.text(column));
        if (number == null) {
            warn("value", "VND-7", "the measured value is no number: kept in the original", cells);
            return null;
        }
        Quantity quantity = new Quantity().setValue(Numbers.times(number, column.multiply()));
        String written = cells.unit(column);
        if (known == null) {
            return written.isEmpty() ? quantity : coded(quantity.setUnit(written), written);
        }
        String own = known.xmlUnit();
        if (own == null) {
            return quantity;
        }
        if (written.isEmpty()) {
            String printed = known.displayUnit();
            return coded(quantity.setUnit(printed == null ? own : printed), own);
        }
        quantity.setUnit(written);
        if (CheckupUnits.same(known, written)) {
            return coded(quantity, own);
        }
        warn("code-invalid", "VND-8", "the unit contradicts the item; not converted", cells);
        return quantity;
    }

    /** A code only where it is a unit that the tables know. */
    private static Quantity coded(Quantity quantity, String unit) {
        return CheckupUnits.known(unit)
                ? quantity.setSystem(CheckupSystem.UCUM.url()).setCode(CheckupUnits.ucum(unit))
                : quantity;
    }

    private CodeableConcept answer(Item item, String text, Cells cells, When when) {
        String plain = Width.nfkcTrimmed(text);
        String meant = item.answers().getOrDefault(plain, "");
        if (item.known() == null) {
            return meant.isEmpty()
                    ? new CodeableConcept().setText(text)
                    : new CodeableConcept().addCoding(Item.coding(meant));
        }
        String code = meant.isEmpty() ? plain : meant;
        String list = item.known()
                .in(Generation.on(when.last()))
                .map(ItemCoding::answerOid)
                .or(item.known()::onlyAnswerOid)
                .orElse(null);
        Optional<String> display = list == null ? Optional.empty() : AnswerLists.display(list, code);
        boolean open = list != null && list.startsWith(MunicipalItems.ANSWERS) && code.matches("[0-9A-Z]{1,4}");
        if (display.isEmpty() && !open) {
            warn("code-invalid", "VND-16", "an answer outside the list of the item: kept as text", cells);
            return new CodeableConcept().setText(text);
        }
        Coding coding = new Coding().setSystem("urn:oid:" + list).setCode(code);
        return new CodeableConcept().addCoding(coding.setDisplay(display.orElse(null)));
    }

    private void warn(String code, String rule, String text, Cells cells) {
        file.issue(Issue.warning(code, rule, text, cells.place()));
    }
}
