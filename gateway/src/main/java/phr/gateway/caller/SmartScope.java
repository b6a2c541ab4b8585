package phr.gateway.caller;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phr.consent.Predicate;

/**
 * One SMART scope that is understood in full.
 *
 * @param type FHIR type or {@code *}
 * @param rows rows it speaks about
 */
record SmartScope(boolean system, String type, Set<Interaction> interactions, Predicate rows) {

    private static final Pattern SYNTAX = Pattern.compile(
            "(patient|user|system)/(\\*|[A-Z][A-Za-z]{1,63})\\.(read|write|\\*|c?r?u?d?s?)(?:\\?(.+))?");

    static Optional<SmartScope> parse(String text) {
        Matcher parts = SYNTAX.matcher(text);
        if (!parts.matches() || parts.group(3).isEmpty()) {
            return Optional.empty();
        }
        String type = parts.group(2);
        return rows(type, parts.group(4))
                .map(rows -> new SmartScope(parts.group(1).equals("system"), type, interactions(parts.group(3)), rows));
    }

    boolean allows(Interaction interaction) {
        return interactions.contains(interaction);
    }

    boolean anyType() {
        return type.equals("*");
    }

    private static Set<Interaction> interactions(String letters) {
        return switch (letters) {
            case "read" -> EnumSet.of(Interaction.READ, Interaction.SEARCH);
            case "write" -> EnumSet.of(Interaction.CREATE, Interaction.UPDATE, Interaction.DELETE);
            case "*" -> EnumSet.allOf(Interaction.class);
            default -> byLetters(letters);
        };
    }

    private static Set<Interaction> byLetters(String letters) {
        Set<Interaction> interactions = EnumSet.noneOf(Interaction.class);
        for (Interaction interaction : Interaction.values()) {
            if (letters.indexOf(interaction.letter()) >= 0) {
                interactions.add(interaction);
            }
        }
        return interactions;
    }

    /** Empty when a parameter is not understood: the scope then counts for nothing, never for more. */
    private static Optional<Predicate> rows(String type, @Nullable String query) {
        List<Predicate> parts = new ArrayList<>();
        if (!type.equals("*")) {
            parts.add(new Predicate.In(Predicate.Scalar.TYPE, Set.of(type)));
        }
        if (query != null) {
            for (String parameter : query.split("&", -1)) {
                Optional<Set<String>> categories = ScopeCategories.parse(parameter);
                if (categories.isEmpty()) {
                    return Optional.empty();
                }
                parts.add(new Predicate.Overlaps(Predicate.SetFact.CATEGORIES, categories.get(), false));
            }
        }
        return Optional.of(
                parts.isEmpty() ? Predicate.ALWAYS : parts.size() == 1 ? parts.get(0) : new Predicate.All(parts));
    }
}
