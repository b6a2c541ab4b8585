package phr.consent.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Effect;
import phr.consent.directive.LabelRule;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.Labels;

/**
 * The security labels of a provision as rule (consent-semantics.md §17.2).
 *
 * @param reasons of a permit that lists sensitivities only: data without them are not opened
 */
record LabelsReader(@Nullable LabelRule rule, Set<String> reasons) {

    /** Codes that an old release of v3-Confidentiality shares with v3-ActCode (§6). */
    private static final Set<String> LEGACY = Set.of("ETH", "HIV", "PSY", "SDV");

    private static final LabelsReader NOTHING = new LabelsReader(null, Set.of());

    static LabelsReader read(JsonNode provision, Effect effect, Judgement judgement, String path) {
        List<JsonNode> stated = Tree.extensions(provision, "modifierExtension", Vocabulary.LABEL_RULE);
        if (!stated.isEmpty()) {
            return exact(stated.get(0), effect, judgement, path);
        }
        List<JsonNode> labels = Tree.list(provision, "securityLabel");
        if (labels.isEmpty()) {
            return NOTHING;
        }
        Set<Confidentiality> levels = new HashSet<>();
        Set<String> sensitivities = new HashSet<>();
        for (JsonNode label : labels) {
            if (Tree.text(label, "code") == null) {
                judgement.unusable(path + ".securityLabel", "a label without code");
                return NOTHING;
            }
            sort(label, levels, sensitivities);
        }
        return effect.permits() ? permit(levels, sensitivities) : deny(levels, sensitivities);
    }

    private static void sort(JsonNode label, Set<Confidentiality> levels, Set<String> sensitivities) {
        String system = label.path("system").asText();
        String code = label.path("code").asText();
        boolean confidentiality = system.equals(Confidentiality.SYSTEM);
        Confidentiality level = confidentiality ? level(code) : null;
        if (level != null) {
            levels.add(level);
        } else if (system.equals(Labels.SENSITIVITY_SYSTEM) || confidentiality && LEGACY.contains(code)) {
            sensitivities.add(code);
        } else {
            sensitivities.add(system + "|" + code);
        }
    }

    private static LabelsReader permit(Set<Confidentiality> levels, Set<String> sensitivities) {
        Confidentiality max = levels.stream().max(Confidentiality::compareTo).orElse(Confidentiality.N);
        LabelRule rule = sensitivities.isEmpty()
                ? LabelRule.maxAnySensitivity(max)
                : new LabelRule(false, max, false, sensitivities);
        return new LabelsReader(rule, levels.isEmpty() ? sensitivities : Set.of());
    }

    private static LabelsReader deny(Set<Confidentiality> levels, Set<String> sensitivities) {
        Confidentiality min = levels.stream().min(Confidentiality::compareTo).orElse(null);
        return new LabelsReader(new LabelRule(false, min, false, sensitivities), Set.of());
    }

    /** The rule as this project writes it when listing labels cannot say it. */
    private static LabelsReader exact(JsonNode extension, Effect effect, Judgement judgement, String path) {
        Confidentiality level = null;
        boolean any = false;
        boolean anySensitivity = false;
        Set<String> sensitivities = new HashSet<>();
        for (JsonNode part : Tree.list(extension, "extension")) {
            String url = String.valueOf(Tree.text(part, "url"));
            switch (url) {
                case "level" -> level = level(part.path("valueCode").asText());
                case "any" -> any = part.path("valueBoolean").asBoolean();
                case "anySensitivity" ->
                    anySensitivity = part.path("valueBoolean").asBoolean();
                case "sensitivity" -> sensitivities.add(part.path("valueString").asText());
                default -> judgement.unusable(path + ".modifierExtension", "a part of the label rule is unknown");
            }
        }
        if (any) {
            return new LabelsReader(LabelRule.ANY, Set.of());
        }
        if (level == null && (effect.permits() || sensitivities.isEmpty())) {
            judgement.unusable(path + ".modifierExtension", "the label rule has no level");
            return NOTHING;
        }
        return new LabelsReader(new LabelRule(false, level, anySensitivity, sensitivities), Set.of());
    }

    private static @Nullable Confidentiality level(String code) {
        for (Confidentiality level : Confidentiality.values()) {
            if (level.name().equals(code)) {
                return level;
            }
        }
        return null;
    }
}
