package phr.consent.directive;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.fhir.Fhir;
import phr.fhir.text.TsvTable;

/**
 * Purposes of use and their is-a relation (consent-semantics.md §7), from {@code purposes.tsv} of the guide. A code outside the table is its
 * own and only itself: it matches by equality.
 */
public final class Purposes {

    public static final String ACT_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason";

    /** System of the project's own purposes, §7.2. */
    public static final String PROJECT = Fhir.CANONICAL + "/CodeSystem/purpose";

    /**
     * One purpose.
     *
     * @param explicitOnly a permit for an ancestor does not cover it
     * @param project one of §7.2
     * @param yearAtMost a permit for it is valid for twelve months at most (L-4)
     */
    record Purpose(
            String code,
            boolean project,
            @Nullable String parent,
            boolean explicitOnly,
            boolean yearAtMost,
            String ja,
            String en) {}

    private static final Map<String, Purpose> TABLE = load();

    private Purposes() {}

    /** The bare code for the two known systems, else unchanged. */
    public static String bare(String purpose) {
        int bar = purpose.indexOf('|');
        if (bar < 0) {
            return purpose;
        }
        String system = purpose.substring(0, bar);
        Purpose known = TABLE.get(purpose.substring(bar + 1));
        boolean same = known != null && system.equals(known.project() ? PROJECT : ACT_REASON);
        return same ? purpose.substring(bar + 1) : purpose;
    }

    public static boolean known(String purpose) {
        return TABLE.containsKey(bare(purpose));
    }

    /** A permit for {@code granted} covers {@code declared}: the same or a descendant that is not explicit only. */
    public static boolean covers(String granted, String declared) {
        String goal = bare(granted);
        for (String code = bare(declared); code != null; code = parent(code)) {
            if (code.equals(goal)) {
                return true;
            }
            if (explicitOnly(code)) {
                return false;
            }
        }
        return false;
    }

    /** A deny for {@code denied} catches {@code declared}: the same or any descendant. */
    public static boolean catches(String denied, String declared) {
        String goal = bare(denied);
        for (String code = bare(declared); code != null; code = parent(code)) {
            if (code.equals(goal)) {
                return true;
            }
        }
        return false;
    }

    /** The code system of a purpose; of an unknown one what stands before the bar, or {@code unknown}. */
    public static String system(String purpose) {
        Purpose known = TABLE.get(bare(purpose));
        if (known != null) {
            return known.project() ? PROJECT : ACT_REASON;
        }
        int bar = purpose.indexOf('|');
        return bar < 0 ? "unknown" : purpose.substring(0, bar);
    }

    /** The purpose in Japanese; an unknown one as written. */
    public static String japanese(String purpose) {
        Purpose known = TABLE.get(bare(purpose));
        return known == null ? purpose : known.ja();
    }

    /** The purpose in English; an unknown one as written. */
    public static String english(String purpose) {
        Purpose known = TABLE.get(bare(purpose));
        return known == null ? purpose : known.en();
    }

    /** One of the project's own, §7.2. */
    public static boolean project(String purpose) {
        Purpose known = TABLE.get(bare(purpose));
        return known != null && known.project();
    }

    /** Insurance, cross-industry services, marketing: twelve months at most, no free text, no raw files (§7.2). */
    public static boolean yearAtMost(String purpose) {
        Purpose known = TABLE.get(bare(purpose));
        return known != null && known.yearAtMost();
    }

    private static @Nullable String parent(String code) {
        Purpose known = TABLE.get(code);
        return known == null ? null : known.parent();
    }

    private static boolean explicitOnly(String code) {
        Purpose known = TABLE.get(code);
        return known != null && known.explicitOnly();
    }

    private static Map<String, Purpose> load() {
        return TsvTable.load(Fhir.class, "guide/purposes.tsv").rows().stream()
                .map(Purposes::row)
                .collect(Collectors.toUnmodifiableMap(Purpose::code, Function.identity()));
    }

    private static Purpose row(String[] cells) {
        return new Purpose(
                cells[0],
                cells[1].equals("project"),
                cells[2].equals("-") ? null : cells[2],
                cells[3].equals("x"),
                cells[4].equals("x"),
                cells[5],
                cells[6]);
    }
}
