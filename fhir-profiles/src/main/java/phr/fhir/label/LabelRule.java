package phr.fhir.label;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;

/**
 * One rule of a table.
 *
 * @param when category that the resource must be in; null = any
 * @param code which codes; null = the rule looks at the category only
 * @param answer code of the answer that must be given; empty = any
 * @param category that the resource also falls in
 */
record LabelRule(
        String id,
        @Nullable PhrCategory when,
        Set<String> systems,
        @Nullable CodePattern code,
        String answer,
        @Nullable PhrCategory category,
        Labels labels) {

    /** @param present codes of the resource */
    boolean hits(Set<PhrCategory> categories, Coded present) {
        return (when == null || categories.contains(when))
                && (answer.isEmpty() || present.answers().contains(answer))
                && present.codes().stream().anyMatch(this::means);
    }

    /** Whether it is about this code, whatever else the resource holds. */
    boolean names(String token) {
        return code != null && means(token);
    }

    private boolean means(String token) {
        int bar = token.indexOf('|');
        return systems.contains(token.substring(0, bar)) && (code == null || code.matches(token.substring(bar + 1)));
    }
}
