package phr.fhir.jp;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** From a 一連検査 group of the item table to its FHIR group code (checkup-fhir.md §6.2). */
public final class CheckupGroups {

    private static final Map<String, String> FIXED = Map.of(
            "3C015161002399949", "3C015",
            "2A020161001930149", "2A020",
            "9A110161000000049", "9A110",
            "9E100161000000049", "9E100",
            "9N256161100000049", "9N256",
            "9N261161100000049", "9N256");

    private CheckupGroups() {}

    /**
     * @param key of the item table, column {@code group}
     * @param members item codes that the document lists in the group
     * @return code of {@link CheckupSystem#GROUP}; empty for a group that this system lacks
     */
    public static Optional<String> code(String key, Collection<String> members) {
        if (FIXED.containsKey(key)) {
            return Optional.of(FIXED.get(key));
        }
        return switch (key) {
            case "9N211161100000049" -> Optional.of(has(members, "9N206") ? "9N206" : "9N201");
            case "9N226161100000049" -> Optional.of(has(members, "9N221") ? "9N221" : "9N216");
            case "9N251161100000049" ->
                Optional.of(has(members, "9N2511607") || has(members, "9N2511608") ? "9N252" : "9N251");
            default -> Optional.empty();
        };
    }

    private static boolean has(Collection<String> members, String prefix) {
        return members.stream().anyMatch(code -> code.startsWith(prefix));
    }
}
