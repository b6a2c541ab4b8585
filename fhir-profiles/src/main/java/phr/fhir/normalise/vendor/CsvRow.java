package phr.fhir.normalise.vendor;

import de.siegmar.fastcsv.reader.CsvRecord;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.vendor.measure.Fields;
import phr.fhir.normalise.vendor.table.Column;
import phr.fhir.text.MyNumber;

/** One row of a CSV file. */
record CsvRow(CsvHeader header, CsvRecord record, String file) implements Fields {

    @Override
    public @Nullable String text(Column column) {
        int at = header.index()[column.ordinal()];
        if (at < 0 || at >= record.getFieldCount()) {
            return null;
        }
        String cell = record.getField(at);
        boolean one = cell.length() > 2 && cell.startsWith("[") && cell.endsWith("]") && cell.indexOf(',') < 0;
        return one ? cell.substring(1, cell.length() - 1) : cell;
    }

    @Override
    public String place() {
        return file + "line " + record.getStartingLineNumber();
    }

    boolean blank() {
        return record.getFieldCount() < 2
                && (record.getFieldCount() == 0 || record.getField(0).isBlank());
    }

    boolean unreadable() {
        return record.getFields().stream().anyMatch(cell -> cell.indexOf('\uFFFD') >= 0);
    }

    boolean myNumber() {
        for (int at : header.texts()) {
            if (at < record.getFieldCount() && MyNumber.in(record.getField(at))) {
                return true;
            }
        }
        for (int at = header.width(); at < record.getFieldCount(); at++) {
            if (MyNumber.in(record.getField(at))) {
                return true;
            }
        }
        return false;
    }
}
