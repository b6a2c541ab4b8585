package phr.fhir.normalise.vendor;

import phr.fhir.normalise.vendor.measure.Measurements;
import phr.fhir.normalise.vendor.measure.RowMapper;
import phr.fhir.normalise.vendor.measure.Rows;
import phr.fhir.normalise.vendor.record.RecordRows;
import phr.fhir.normalise.vendor.table.Kind;

/** What takes the rows of a kind: records or measurements. */
final class Mappers {

    private Mappers() {}

    /** @param utc times that say no offset are UTC */
    static Rows of(Kind kind, Measurements out, boolean utc) {
        return kind.records() ? new RecordRows(kind, out) : new RowMapper(kind, out, utc);
    }
}
