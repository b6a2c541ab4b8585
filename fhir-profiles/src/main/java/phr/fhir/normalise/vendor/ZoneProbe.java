package phr.fhir.normalise.vendor;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.vendor.measure.Dates;
import phr.fhir.normalise.vendor.measure.Fields;
import phr.fhir.normalise.vendor.table.Column;
import phr.fhir.normalise.vendor.table.Kind;
import phr.fhir.normalise.vendor.table.Role;

/** Finds out whether a file writes its times in UTC: nothing is recorded before it has begun (lifelog.md §2.1, Samsung). */
final class ZoneProbe {

    private static final int ROWS = 1000;
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    private final @Nullable Column start;
    private final @Nullable Column recorded;
    private int rows;
    private boolean told;
    private boolean local;

    ZoneProbe(Kind kind) {
        this.start = kind.column(Role.START, "");
        this.recorded = kind.column(Role.RECORDED, "");
    }

    boolean more() {
        return rows < ROWS && !local;
    }

    void look(Fields row) {
        rows++;
        if (start == null || recorded == null) {
            return;
        }
        Duration later = Dates.between(row.text(recorded), recorded, row.text(start), start);
        if (later != null) {
            told = true;
            local |= later.compareTo(CLOCKS_DIFFER) > 0;
        }
    }

    boolean told() {
        return told;
    }

    boolean utc() {
        return !local;
    }
}
