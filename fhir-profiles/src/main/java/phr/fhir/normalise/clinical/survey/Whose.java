package phr.fhir.normalise.clinical.survey;

import java.util.List;
import java.util.Set;
import phr.fhir.failure.Issue;

/**
 * Whose the resources of a file are.
 *
 * @param names by which the file refers to the person
 * @param others the file speaks of other people too, so it is not kept as it is
 * @param contradictions why the person has to decide before anything is taken; empty = nothing is
 */
public record Whose(Set<String> names, boolean others, List<Issue> contradictions) {

    public Whose {
        names = Set.copyOf(names);
        contradictions = List.copyOf(contradictions);
    }

    static Whose nobody(Issue reason) {
        return new Whose(Set.of(), false, List.of(reason));
    }

    public boolean contradicted() {
        return !contradictions.isEmpty();
    }
}
