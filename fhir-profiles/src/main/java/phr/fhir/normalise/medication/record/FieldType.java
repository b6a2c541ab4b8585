package phr.fhir.normalise.medication.record;

/**
 * One field of a record.
 *
 * @param position from 1
 * @param name by which it is asked for
 * @param japanese its name in findings
 * @param kind {@code text}, {@code date}, {@code creator}, {@code rp}, {@code number:integer.decimals}, {@code digits:n} or
 *     {@code code:list}
 * @param since first header number that has it
 */
record FieldType(int position, String name, String japanese, boolean required, String kind, int since) {

    /** What stands behind the colon of the kind. */
    String detail() {
        return kind.substring(kind.indexOf(':') + 1);
    }
}
