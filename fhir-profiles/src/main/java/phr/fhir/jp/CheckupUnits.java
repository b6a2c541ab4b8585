package phr.fhir.jp;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import phr.fhir.text.Width;

/** Units of the item table and their UCUM codes (checkup-cda.md §11). */
public final class CheckupUnits {

    /** Units of the table that are no valid UCUM. */
    private static final Map<String, String> CORRECTED =
            Map.of("ml/min/1.73m2", "mL/min/{1.73_m2}", "mg/g*CR", "mg/g{creat}", "mg/day", "mg/d");

    private CheckupUnits() {}

    /** UCUM code of a unit as the table writes it in XML. */
    public static String ucum(String xmlUnit) {
        return CORRECTED.getOrDefault(xmlUnit, xmlUnit);
    }

    /**
     * Whether a received unit is the item's own: as in XML or as printed, in either width.
     *
     * @return false also when the item has no unit
     */
    public static boolean same(CheckupItem item, String received) {
        String key = key(received);
        return Optional.ofNullable(item.xmlUnit())
                        .filter(unit -> key.equals(key(unit)))
                        .isPresent()
                || Optional.ofNullable(item.displayUnit())
                        .filter(unit -> key.equals(key(unit)))
                        .isPresent();
    }

    /** Whether the tables write the unit so in XML. */
    public static boolean known(String xmlUnit) {
        return Holder.UNITS.contains(xmlUnit);
    }

    /** Units of all items; the item tables are read first. */
    private static final class Holder {
        private static final Set<String> UNITS = Stream.concat(
                        CheckupItems.all().stream(),
                        MunicipalItems.all().stream().map(MunicipalItem::item))
                .flatMap(item -> Stream.ofNullable(item.xmlUnit()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String key(String unit) {
        return Width.nfkc(unit).replace(" ", "");
    }
}
