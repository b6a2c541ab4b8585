package phr.consent;

import java.util.Set;

/**
 * A legal party that may obtain data.
 *
 * @param aliases other ids by which directives may name it
 * @param classes organisation classes of consent-semantics.md §4.1, e.g. {@code medical-institution}
 * @param country ISO 3166-1 alpha-2
 * @param unitOf ids of the organisations of which it is a sub-unit
 */
public record Party(String id, Set<String> aliases, Set<String> classes, String country, Set<String> unitOf) {

    public Party {
        aliases = Set.copyOf(aliases);
        classes = Set.copyOf(classes);
        unitOf = Set.copyOf(unitOf);
    }

    /** A unit of nobody. */
    public Party(String id, Set<String> aliases, Set<String> classes, String country) {
        this(id, aliases, classes, country, Set.of());
    }
}
