package phr.fhir.normalise.lifelog;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.PhrCategory;

/**
 * What is measured, {@code metrics.tsv} (lifelog.md §3.1).
 *
 * @param key name within the tables
 * @param pghd code of the HL7 PHR guide, empty = none
 * @param loinc codes, may be empty
 * @param unit UCUM code of the value, empty = no single quantity
 * @param hl7Category code of the observation category
 * @param category consent category
 * @param dense comes in series of many samples a day (lifelog.md §5)
 * @param name Japanese name
 */
record Metric(
        String key,
        String pghd,
        List<String> loinc,
        String unit,
        String hl7Category,
        PhrCategory category,
        boolean dense,
        String name) {

    static final String PGHD = "http://hl7.org/fhir/uv/phr/CodeSystem/observation-pghd-codes";
    static final String LOINC = "http://loinc.org";

    private static final List<Metric> ALL =
            Table.rows("metrics.tsv").stream().map(Metric::row).toList();
    private static final Map<String, Metric> BY_CODE = byCode();

    /** The metric of a key that stands in a table of this package. */
    static Metric of(String key) {
        return ALL.stream().filter(metric -> metric.key.equals(key)).findFirst().orElseThrow();
    }

    static List<Metric> all() {
        return ALL;
    }

    /** The metric of the first coding that any row knows: LOINC says more than PGHD. */
    static @Nullable Metric of(CodeableConcept code) {
        return code.getCoding().stream()
                .filter(Coding::hasCode)
                .sorted((one, other) -> Boolean.compare(LOINC.equals(other.getSystem()), LOINC.equals(one.getSystem())))
                .map(coding -> BY_CODE.get(coding.getSystem() + "|" + coding.getCode()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Whether all that these codes, {@code system|code}, can mean is dense: what LOINC says, else PGHD. */
    static boolean dense(Set<String> codes) {
        List<Metric> known = known(codes, LOINC);
        List<Metric> meant = known.isEmpty() ? known(codes, PGHD) : known;
        return !meant.isEmpty() && meant.stream().allMatch(Metric::dense);
    }

    private static List<Metric> known(Set<String> codes, String system) {
        return codes.stream()
                .filter(code -> code.startsWith(system + "|"))
                .map(BY_CODE::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /** The unit of one value: without the day of a daily total. */
    String valueUnit() {
        return unit.endsWith("/d") ? unit.substring(0, unit.length() - 2) : unit;
    }

    /** PGHD first, then LOINC; the Japanese name as text. */
    CodeableConcept concept() {
        CodeableConcept concept = new CodeableConcept().setText(name);
        if (!pghd.isEmpty()) {
            concept.addCoding().setSystem(PGHD).setCode(pghd);
        }
        loinc.forEach(code -> concept.addCoding().setSystem(LOINC).setCode(code));
        return concept;
    }

    private static Metric row(String[] cells) {
        return new Metric(
                cells[0],
                cells[1],
                cells[2].isEmpty() ? List.of() : Arrays.asList(cells[2].split(" ")),
                cells[3],
                cells[4],
                PhrCategory.parse(cells[5]),
                cells[6].equals("1"),
                cells[7]);
    }

    private static Map<String, Metric> byCode() {
        Map<String, Metric> map = new HashMap<>();
        for (Metric metric : ALL) {
            metric.loinc.forEach(code -> map.put(LOINC + "|" + code, metric));
            if (!metric.pghd.isEmpty()) {
                map.putIfAbsent(PGHD + "|" + metric.pghd, metric);
            }
        }
        return Map.copyOf(map);
    }
}
