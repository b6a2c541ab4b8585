package phr.fhir.guide;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import phr.fhir.normalise.lifelog.Metric;
import phr.fhir.text.TsvTable;

/** The table of lifelog metrics as the guide reads it, {@code metrics.tsv} (lifelog.md §3.1). */
final class Metrics {

    static final String PGHD = Metric.PGHD;
    static final String LOINC = Metric.LOINC;

    static final String OWN = Metric.OWN;

    private static final List<Map<String, String>> ROWS = TsvTable.load(
                    Metrics.class, "/phr/fhir/normalise/lifelog/metrics.tsv")
            .named();

    private Metrics() {}

    static List<Map<String, String>> rows() {
        return ROWS;
    }

    /** Codes of one column, {@code pghd} or {@code loinc}. */
    static Set<String> codes(String column) {
        Set<String> codes = new TreeSet<>();
        ROWS.forEach(row -> codes.addAll(codes(row, column)));
        return codes;
    }

    /** Rows that neither PGHD nor LOINC has a code for: their key is the code of the project's own system. */
    static List<Map<String, String>> own() {
        return ROWS.stream()
                .filter(row ->
                        codes(row, "pghd").isEmpty() && codes(row, "loinc").isEmpty())
                .toList();
    }

    /** Codes of a metric by their system; none for a key outside the table. */
    static Map<String, List<String>> coded(String key) {
        Map<String, List<String>> coded = new TreeMap<>();
        for (Map<String, String> row : ROWS) {
            if (key.equals(row.get("metric"))) {
                coded.put(PGHD, codes(row, "pghd"));
                coded.put(LOINC, codes(row, "loinc"));
                coded.put(OWN, own().contains(row) ? List.of(key) : List.of());
            }
        }
        return coded;
    }

    static List<String> codes(Map<String, String> row, String column) {
        return Arrays.stream(row.getOrDefault(column, "").split(" ", -1))
                .filter(code -> !code.isEmpty())
                .toList();
    }
}
