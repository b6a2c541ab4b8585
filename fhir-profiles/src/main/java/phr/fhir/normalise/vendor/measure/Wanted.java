package phr.fhir.normalise.vendor.measure;

import phr.fhir.normalise.vendor.table.Column;
import phr.fhir.normalise.vendor.table.Kind;
import phr.fhir.normalise.vendor.table.Role;

/** Which rows a table takes, by its {@link Role#WHERE} columns. */
public final class Wanted {

    private Wanted() {}

    /** A row that is left out is counted. */
    public static boolean row(Kind kind, Fields row, Tally tally) {
        for (Column column : kind.columns(Role.WHERE, "")) {
            String text = row.text(column);
            String value = text == null ? "" : text.strip();
            String first = column.details().keySet().iterator().next();
            boolean goals = first.startsWith("!");
            boolean listed = column.details().keySet().stream()
                    .anyMatch(detail -> (goals && detail.startsWith("!") ? detail.substring(1) : detail).equals(value));
            if (goals == listed) {
                tally.add(goals ? Tally.Reason.GOAL : Tally.Reason.LEFT_OUT, kind.type(), row.place());
                return false;
            }
        }
        return true;
    }
}
