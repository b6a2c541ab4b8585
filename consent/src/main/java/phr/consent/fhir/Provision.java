package phr.consent.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import phr.consent.directive.Effect;
import phr.consent.directive.Elements;
import phr.consent.directive.LabelRule;
import phr.consent.directive.Selector;
import phr.consent.directive.Selectors;

/**
 * One provision as far as it was understood: what it states itself, nothing inherited.
 *
 * @param usable false for a permit that carries something that cannot be understood (CS-9)
 * @param reasons sensitivities that data must carry, because a permit names nothing but them (§17.2)
 */
record Provision(
        JsonNode json,
        String path,
        Effect effect,
        boolean usable,
        Elements stated,
        Set<String> reasons,
        List<Provision> nested) {

    boolean permits() {
        return effect.permits();
    }

    /** Nothing is said that would limit it (L-5). */
    boolean unconditional() {
        return stated.empty();
    }

    boolean opposite(Provision parent) {
        return effect != parent.effect;
    }

    /** What is stated here, else what the other says: an additional rule inherits (§17.2). */
    Provision over(Provision parent) {
        Elements own = stated;
        Elements other = parent.stated;
        Elements merged = new Elements(
                own.grantees() == null ? other.grantees() : own.grantees(),
                own.purposes() == null ? other.purposes() : own.purposes(),
                own.actions() == null ? other.actions() : own.actions(),
                own.selectors() == null ? other.selectors() : own.selectors(),
                own.labels() == null ? other.labels() : own.labels(),
                own.countries() == null ? other.countries() : own.countries(),
                own.dataPeriod() == null ? other.dataPeriod() : own.dataPeriod(),
                own.validity() == null ? other.validity() : own.validity());
        Set<String> reached = own.labels() == null ? parent.reasons : reasons;
        return new Provision(json, path, effect, usable && parent.usable, merged, reached, nested);
    }

    /** The data of the directive: what is stated, all when nothing is, and only what carries one of the reasons. */
    Elements withData() {
        Selectors chosen = stated.selectors() == null ? Selectors.ALL : stated.selectors();
        Elements labelled = stated.labels() == null ? stated.withLabels(LabelRule.ANY) : stated;
        return labelled.withSelectors(limited(chosen));
    }

    /** As exception: what is not stated is inherited. */
    Elements asException() {
        if (reasons.isEmpty()) {
            return stated;
        }
        return stated.withSelectors(limited(stated.selectors() == null ? Selectors.ALL : stated.selectors()));
    }

    private Selectors limited(Selectors chosen) {
        if (reasons.isEmpty()) {
            return chosen;
        }
        List<Selector> list = chosen.all() ? List.of(Selector.NOTHING_SAID) : chosen.list();
        return new Selectors(
                false,
                list.stream()
                        .map(selector -> selector.withLabels(both(selector)))
                        .toList());
    }

    private Set<String> both(Selector selector) {
        Set<String> labels = new HashSet<>(selector.labels());
        if (labels.isEmpty()) {
            labels.addAll(reasons);
        } else {
            labels.retainAll(reasons);
        }
        return labels.isEmpty() ? reasons : labels;
    }
}
