package phr.consent.directive;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.Labels;

/**
 * The element {@code labels} (consent-semantics.md §6): a ceiling in a permit, a threshold in a deny.
 *
 * @param any no label test at all
 * @param level {@code max} of a permit, {@code min} of a deny; null only in a deny
 * @param anySensitivity a permit that covers every sensitivity code
 * @param sensitivities bare v3-ActCode codes, or {@code system|code} of other systems
 */
public record LabelRule(
        boolean any, @Nullable Confidentiality level, boolean anySensitivity, Set<String> sensitivities) {

    public static final LabelRule ANY = new LabelRule(true, null, true, Set.of());

    public LabelRule {
        sensitivities = Set.copyOf(sensitivities);
    }

    /** A ceiling that covers these sensitivity codes. */
    public static LabelRule max(Confidentiality max, String... sensitivities) {
        return new LabelRule(false, max, false, Set.of(sensitivities));
    }

    /** A ceiling whatever the sensitivity codes. */
    public static LabelRule maxAnySensitivity(Confidentiality max) {
        return new LabelRule(false, max, true, Set.of());
    }

    /** A threshold, or one of the codes. */
    public static LabelRule min(@Nullable Confidentiality min, String... sensitivities) {
        return new LabelRule(false, min, false, Set.of(sensitivities));
    }

    /** The listed codes with all that they include. */
    public Set<String> closed() {
        return Sensitivities.closed(sensitivities);
    }

    /** As a permit: covers every label of the resource. */
    public boolean covers(Labels labels) {
        if (any) {
            return true;
        }
        if (level == null) {
            return false;
        }
        if (anySensitivity) {
            return labels.confidentiality().atMost(level);
        }
        boolean within = labels.labelled() && closed().containsAll(labels.sensitivities());
        boolean namesReason = labels.confidentiality() == Confidentiality.R
                && !labels.sensitivities().isEmpty();
        return within && (labels.confidentiality().atMost(level) || namesReason);
    }

    /** As a ceiling for every reason: is R, which a named reason causes, still below it? */
    boolean coversReasonsOf(LabelRule narrow) {
        return narrow.sensitivities().isEmpty() || level != null && Confidentiality.R.atMost(level);
    }

    /** As a deny: some label of the resource is caught; an unlabelled resource is caught by every sensitivity. */
    public boolean catches(Labels labels) {
        if (any || level != null && level.atMost(labels.confidentiality())) {
            return true;
        }
        if (sensitivities.isEmpty()) {
            return false;
        }
        Set<String> closed = closed();
        return !labels.labelled() || labels.sensitivities().stream().anyMatch(closed::contains);
    }
}
