package phr.fhir.normalise.vendor.record;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.vendor.measure.Fields;
import phr.fhir.normalise.vendor.measure.Numbers;
import phr.fhir.normalise.vendor.table.Column;
import phr.fhir.normalise.vendor.table.Kind;
import phr.fhir.normalise.vendor.table.Role;

/** The cells of one group of a row, by what they are for. */
record Cells(Kind kind, Fields row, String group) {

    private static final int LONGEST_TEXT = 2000;
    private static final int DIGITS = 18;

    /** What stands in the cell, without blanks around it; empty when there is nothing, or more than a cell can mean. */
    String text(@Nullable Column column) {
        String text = column == null ? null : row.text(column);
        return text == null || text.length() > LONGEST_TEXT || Numbers.absent(text) ? "" : text.strip();
    }

    String text(Role role) {
        return text(kind.column(role, group));
    }

    /** Null when the cell is empty or holds no number. */
    @Nullable
    BigDecimal number(Role role) {
        return number(text(role));
    }

    /** Null when it is no number, or one with more digits than FHIR has to carry. */
    static @Nullable BigDecimal number(String text) {
        BigDecimal number = Numbers.parse(text);
        boolean fits = number != null && number.precision() <= DIGITS && Math.abs((long) number.scale()) <= DIGITS;
        return fits ? number : null;
    }

    /** Unit of a number: the column's own, else what stands beside it. */
    String unit(Column column) {
        return column.unit().isEmpty() ? text(Role.UNIT) : column.unit();
    }

    /** Where it was done, by name only. */
    @Nullable
    Reference facility() {
        String name = text(Role.FACILITY);
        return name.isEmpty() ? null : new Reference().setDisplay(name);
    }

    /** Everything of the group and of all groups that is mapped, as written; tells records of one day apart. */
    List<String> all() {
        List<String> all = new ArrayList<>();
        for (Column column : kind.columns()) {
            boolean own = column.group().isEmpty() || column.group().equals(group);
            if (own && column.role() != Role.IGNORE && column.role() != Role.BORN) {
                all.add(text(column));
            }
        }
        return all;
    }

    String place() {
        return row.place();
    }
}
