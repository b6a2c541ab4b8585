package phr.fhir.label;

import java.util.Set;

/**
 * The codes of a resource as rules look at them.
 *
 * @param codes {@code system|code} of every coding in the resource and in those contained in it
 * @param answers codes of its values, without system
 */
public record Coded(Set<String> codes, Set<String> answers) {

    public Coded {
        codes = Set.copyOf(codes);
        answers = Set.copyOf(answers);
    }
}
