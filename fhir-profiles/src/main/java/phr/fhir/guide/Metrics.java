package phr.fhir.guide;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The table of lifelog metrics as the guide reads it, {@code metrics.tsv} (lifelog.md §3.1). */
final class Metrics {

    static final String PGHD = "http://hl7.org/fhir/uv/phr/CodeSystem/observation-pghd-codes";
    static final String LOINC = "http://loinc.org";

    private static final List<Map<String, String>> ROWS = Rows.named("/phr/fhir/normalise/lifelog/metrics.tsv");

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

    static List<String> codes(Map<String, String> row, String column) {
        return Arrays.stream(row.getOrDefault(column, "").split(" ", -1))
                .filter(code -> !code.isEmpty())
                .toList();
    }
}
