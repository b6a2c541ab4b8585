package phr.consent.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import phr.consent.Research;
import phr.consent.directive.Condition;
import phr.consent.directive.Directive;
import phr.consent.directive.Duo;
import phr.consent.directive.Purposes;

/** Does a research permit cover what a project says about itself (consent-semantics.md §7.3)? */
final class ResearchTerms {

    private static final String RESEARCH = "HRESCH";

    /** Systems whose codes are below each other when one begins with the other. */
    private static final String ICD10 = "http://hl7.org/fhir/sid/icd-10";

    private ResearchTerms() {}

    /** Terms of the permit bind only a research purpose; without terms the purpose code alone decides. */
    static Judgement judge(Directive directive, String purpose, @Nullable Research research) {
        Judgement judgement = Judgement.COVERED;
        if (Purposes.catches(RESEARCH, purpose)) {
            for (Condition condition : directive.conditions()) {
                if (condition.code() == Condition.Code.RESEARCH) {
                    judgement = judgement.and(judge(condition.terms(), research));
                }
            }
        }
        return judgement;
    }

    private static Judgement judge(Map<String, String> terms, @Nullable Research research) {
        if (research == null) {
            return terms.isEmpty() ? Judgement.COVERED : Judgement.HUMAN;
        }
        Judgement judgement = Judgement.COVERED;
        for (Map.Entry<String, String> term : terms.entrySet()) {
            String code = term.getKey();
            if (Duo.PERMISSIONS.contains(code)) {
                judgement = judgement.and(permission(code, term.getValue(), research));
            } else if (!Duo.NO_LIMITS.contains(code)) {
                judgement =
                        judgement.and(limit(term.getValue(), research.facts().get(code)));
            }
        }
        return judgement;
    }

    private static Judgement permission(String granted, String disease, Research research) {
        String asked = research.term();
        if (asked == null) {
            return Judgement.HUMAN;
        }
        return switch (granted) {
            case Duo.GENERAL, Duo.UNRESTRICTED -> Judgement.COVERED;
            case Duo.HEALTH ->
                asked.equals(Duo.HEALTH) || asked.equals(Duo.DISEASE) ? Judgement.COVERED : Judgement.NOT_COVERED;
            case Duo.DISEASE -> asked.equals(Duo.DISEASE) ? below(disease, research.disease()) : Judgement.NOT_COVERED;
            default -> asked.equals(granted) ? Judgement.COVERED : Judgement.NOT_COVERED;
        };
    }

    private static Judgement below(String granted, @Nullable String asked) {
        if (asked == null) {
            return Judgement.HUMAN;
        } else if (asked.equals(granted)) {
            return Judgement.COVERED;
        }
        boolean decidable = granted.startsWith(ICD10 + "|") && asked.startsWith(ICD10 + "|");
        return !decidable ? Judgement.HUMAN : asked.startsWith(granted) ? Judgement.COVERED : Judgement.NOT_COVERED;
    }

    private static Judgement limit(String granted, @Nullable String answer) {
        if (answer == null || answer.isBlank()) {
            return Judgement.HUMAN;
        }
        return answer.equals(granted) ? Judgement.COVERED : Judgement.NOT_COVERED;
    }
}
