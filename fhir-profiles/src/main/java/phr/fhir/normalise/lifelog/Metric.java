package phr.fhir.normalise.lifelog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.jspecify.annotations.Nullable;
import phr.fhir.Fhir;
import phr.fhir.facts.PhrCategory;
import phr.fhir.text.TsvTable;

/**
 * What is measured, {@code metrics.tsv} (lifelog.md §3.1).
 *
 * @param key name within the tables
 * @param pghd code of the HL7 PHR guide, empty = none; for a workout its kind stands there
 * @param loinc codes, may be empty
 * @param unit UCUM code of the value, empty = no single quantity
 * @param hl7Category code of the observation category
 * @param category consent category
 * @param dense comes in series of many samples a day (lifelog.md §5)
 * @param name Japanese name
 */
public record Metric(
        String key,
        String pghd,
        List<String> loinc,
        String unit,
        String hl7Category,
        PhrCategory category,
        boolean dense,
        String name) {

    public static final String PGHD = "http://hl7.org/fhir/uv/phr/CodeSystem/observation-pghd-codes";
    public static final String LOINC = "http://loinc.org";
    /** Codes of what neither PGHD nor LOINC has, such as heart rate variability as RMSSD. */
    public static final String OWN = Fhir.CANONICAL + "/CodeSystem/lifelog-metric";

    /** Units of what adds up over a day. */
    private static final Set<String> COUNTED =
            Set.of("{steps}", "{flights}", "{strokes}", "{pushes}", "m", "kcal", "min");

    private static final String DAY = "-day";

    /** How long somebody has slept, and how. */
    private static final Set<String> NIGHTS = Set.of("sleep-duration", "sleep-deep", "sleep-light", "sleep-rem");

    private static final List<Metric> ALL = TsvTable.load(Metric.class, "metrics.tsv").rows().stream()
            .map(Metric::row)
            .toList();
    private static final Map<String, Metric> BY_KEY =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Metric::key, metric -> metric));
    private static final Map<String, Metric> BY_CODE = byCode();
    private static final Map<String, List<Metric>> MEANT = meant();

    /** The metric of a key that stands in a table; for {@code glucose} ask {@link #glucose}. */
    public static Metric of(String key) {
        return Objects.requireNonNull(BY_KEY.get(key), key);
    }

    /** Whether a key stands in the table. */
    public static boolean known(String key) {
        return BY_KEY.containsKey(key);
    }

    /** The metric that a code of the HL7 PHR guide means; null = none. */
    public static @Nullable Metric byPghd(String code) {
        return BY_CODE.get(PGHD + "|" + code);
    }

    /** Glucose keeps the unit it was reported in (lifelog.md §1). */
    public static Metric glucose(String unit) {
        return of(unit.startsWith("mmol") ? "glucose-molar" : "glucose-mass");
    }

    /** Every row of the table. */
    public static List<Metric> all() {
        return ALL;
    }

    /** The metric of the first coding that any row knows: LOINC says more than PGHD. */
    static @Nullable Metric of(CodeableConcept code) {
        return of(code.getCoding().stream()
                .filter(Coding::hasCode)
                .map(coding -> coding.getSystem() + "|" + coding.getCode())
                .toList());
    }

    /** The same of codes {@code system|code}. */
    public static @Nullable Metric of(Collection<String> codes) {
        return codes.stream()
                .sorted((one, other) -> Boolean.compare(other.startsWith(LOINC + "|"), one.startsWith(LOINC + "|")))
                .map(BY_CODE::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The metrics that a code, {@code system|code} or {@code code} of any system, can mean. */
    public static List<Metric> meant(String code) {
        return MEANT.getOrDefault(code, List.of());
    }

    /** {@code system|code} of all its codes. */
    public List<String> codes() {
        return concept().getCoding().stream()
                .map(coding -> coding.getSystem() + "|" + coding.getCode())
                .toList();
    }

    /** The metric of single samples where this is its total of a day; else itself. */
    public Metric ofSamples() {
        Metric samples = key.endsWith(DAY) ? BY_KEY.get(key.substring(0, key.length() - DAY.length())) : null;
        return samples == null ? this : samples;
    }

    /**
     * Counts that add up over time, as several sources count them at once: their sums must not be added (lifelog.md §4, several
     * sources).
     */
    public boolean counted() {
        Metric samples = ofSamples();
        return samples.dense && COUNTED.contains(samples.unit);
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

    /** About a whole night, as several sources watch it at once (lifelog.md §4, sleep). */
    public boolean night() {
        return NIGHTS.contains(key);
    }

    /** The unit of one value: without the day of a daily total. */
    public String valueUnit() {
        return unit.endsWith("/d") ? unit.substring(0, unit.length() - 2) : unit;
    }

    /** PGHD first, then LOINC, our own where there is neither; the Japanese name as text. */
    public CodeableConcept concept() {
        CodeableConcept concept = new CodeableConcept().setText(name);
        if (!pghd.isEmpty()) {
            concept.addCoding().setSystem(PGHD).setCode(pghd);
        }
        loinc.forEach(code -> concept.addCoding().setSystem(LOINC).setCode(code));
        if (!concept.hasCoding()) {
            concept.addCoding().setSystem(OWN).setCode(key);
        }
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

    private static Map<String, List<Metric>> meant() {
        Map<String, List<Metric>> map = new HashMap<>();
        for (Metric metric : ALL) {
            for (String code : metric.codes()) {
                map.computeIfAbsent(code, any -> new ArrayList<>()).add(metric);
                map.computeIfAbsent(code.substring(code.indexOf('|') + 1), any -> new ArrayList<>())
                        .add(metric);
            }
        }
        return Map.copyOf(map);
    }

    private static Map<String, Metric> byCode() {
        Map<String, Metric> map = new HashMap<>();
        for (Metric metric : ALL) {
            metric.loinc.forEach(code -> map.put(LOINC + "|" + code, metric));
            if (!metric.pghd.isEmpty()) {
                map.putIfAbsent(PGHD + "|" + metric.pghd, metric);
            } else if (metric.loinc.isEmpty()) {
                map.put(OWN + "|" + metric.key, metric);
            }
        }
        return Map.copyOf(map);
    }
}
