package phr.fhir.normalise.vendor.measure;

import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.vendor.table.Column;

/** One row of a file. */
public interface Fields {

    /** What stands in a column, as written; null when the row does not have it. */
    @Nullable
    String text(Column column);

    /** Where the row is, for people: {@code line 17}. */
    String place();
}
