package phr.fhir.jp;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import phr.fhir.text.TsvTable;

/**
 * Answer codes keyed by (answer OID, code): the same code means different things in different lists (checkup-cda.md CDA-R6).
 *
 * <p>OIDs are written without {@code urn:oid:}.
 */
public final class AnswerLists {

    private static final String PREFIX = "urn:oid:";
    private static final Map<String, Map<String, String>> LISTS = load();

    private AnswerLists() {}

    public static Optional<String> display(String oid, String code) {
        return Optional.ofNullable(LISTS.getOrDefault(oid, Map.of()).get(code));
    }

    /** Codes of a list in table order, empty for an unknown list. */
    public static Set<String> codes(String oid) {
        return LISTS.getOrDefault(oid, Map.of()).keySet();
    }

    public static Set<String> oids() {
        return LISTS.keySet();
    }

    private static Map<String, Map<String, String>> load() {
        Map<String, Map<String, String>> lists = new HashMap<>();
        for (String table : new String[] {"checkup-answers.tsv", "checkup-answers-supplement.tsv"}) {
            for (String[] row : TsvTable.load(AnswerLists.class, table).rows()) {
                lists.computeIfAbsent(row[0].substring(PREFIX.length()), oid -> new LinkedHashMap<>())
                        .putIfAbsent(row[1], row[2]);
            }
        }
        return lists;
    }
}
