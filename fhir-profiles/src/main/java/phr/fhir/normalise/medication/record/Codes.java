package phr.fhir.normalise.medication.record;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import phr.fhir.text.TsvTable;

/** The code lists of medication-notebook.md §5, {@code codes.tsv}. */
public final class Codes {

    private static final Map<String, Map<String, String>> LISTS = load();

    private Codes() {}

    private static Map<String, Map<String, String>> load() {
        Map<String, Map<String, String>> lists = new HashMap<>();
        TsvTable.load(Codes.class, "codes.tsv").rows().forEach(row -> lists.computeIfAbsent(
                        row[0], key -> new HashMap<>())
                .put(row[1], row[2]));
        return lists;
    }

    /** The Japanese name of a code; empty when the list does not have it. */
    public static Optional<String> name(String list, String code) {
        return Optional.ofNullable(LISTS.getOrDefault(list, Map.of()).get(code));
    }
}
