package phr.fhir.normalise.medication.part;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import phr.fhir.text.Width;

/** The order of numbered file names as people mean it: part 2 before part 10. */
final class EntryOrder {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private EntryOrder() {}

    /** A key that sorts so. */
    static String of(String name) {
        StringBuilder key = new StringBuilder();
        Matcher number = NUMBER.matcher(Width.nfkc(name));
        while (number.find()) {
            number.appendReplacement(key, String.format(Locale.ROOT, "%019d", Long.parseLong(number.group())));
        }
        return number.appendTail(key).toString();
    }

    /** What the names of one series of parts have in common. */
    static String series(String name) {
        return NUMBER.matcher(Width.nfkc(name)).replaceAll("#");
    }
}
