package phr.fhir.normalise.medication.record;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import phr.fhir.normalise.medication.part.Faults;
import phr.fhir.normalise.medication.part.Place;

/**
 * The first line (medication-notebook.md §3).
 *
 * @param version 1 to 8; {@link #ANY} when the number is not known
 * @param direction 出力区分: 1 institution to patient, 2 patient to institution, 0 not stated
 */
record Header(int version, int direction, Place place) {

    /** Everything that any version has is read. */
    static final int ANY = 99;

    private static final Pattern FORM = Pattern.compile("JAHISTC0?([1-8])(?:,\\s*([12])\\s*)?,*\\s*");
    private static final Pattern DIRECTION = Pattern.compile("[^,]*,\\s*([12])\\s*(,.*)?");

    static Header parse(String line, Place place, Faults faults) {
        Matcher form = FORM.matcher(line);
        if (form.matches() && form.group(2) != null) {
            return new Header(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)), place);
        }
        Matcher direction = DIRECTION.matcher(line);
        int stated = direction.matches() ? Integer.parseInt(direction.group(1)) : 0;
        if (form.matches()) {
            faults.warning("required", "TC-3", "the header does not say the direction (出力区分)", place);
            return new Header(Integer.parseInt(form.group(1)), stated, place);
        }
        faults.warning(
                "not-supported", "TC-R5", "the version in the header is not known; read as far as understood", place);
        return new Header(ANY, stated, place);
    }

    boolean toPatient() {
        return direction == 1;
    }
}
