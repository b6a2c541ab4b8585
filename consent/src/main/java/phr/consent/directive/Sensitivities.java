package phr.consent.directive;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import phr.fhir.facts.Labels;

/**
 * Sensitivity codes and the project's own hierarchy (consent-semantics.md §6). The hierarchy of a terminology release is not
 * used: there {@code ETH} and {@code MH} are no parents of what they mean.
 */
public final class Sensitivities {

    /** The v3-ActCode sensitivity codes in use. */
    public static final Set<String> CODES = Labels.SENSITIVITIES;

    private static final Map<String, Set<String>> INCLUDED =
            Map.of("ETH", Set.of("SUD", "ETHUD", "OPIOIDUD"), "MH", Set.of("PSY", "PSYTHPN", "BH"));

    private Sensitivities() {}

    /** The codes with all that they include. */
    public static Set<String> closed(Set<String> codes) {
        Set<String> closed = new HashSet<>(codes);
        codes.forEach(code -> closed.addAll(INCLUDED.getOrDefault(code, Set.of())));
        return Set.copyOf(closed);
    }

    /** Bare code for the known system, else unchanged. */
    static String bare(String code) {
        String prefix = Labels.SENSITIVITY_SYSTEM + "|";
        return code.startsWith(prefix) ? code.substring(prefix.length()) : code;
    }

    static boolean known(String code) {
        return CODES.contains(code) || code.indexOf('|') > 0;
    }
}
