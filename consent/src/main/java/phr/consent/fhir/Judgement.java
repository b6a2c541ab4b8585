package phr.consent.fhir;

import java.util.List;
import phr.consent.directive.Effect;

/**
 * What becomes of a provision with something in it that cannot be understood (CS-9): a permit is none, a deny goes on without it
 * and so denies more.
 */
final class Judgement {

    private static final String RULE = "CS-9";

    private final Effect effect;
    private final List<Finding> findings;
    private boolean usable = true;

    Judgement(Effect effect, List<Finding> findings) {
        this.effect = effect;
        this.findings = findings;
    }

    boolean permits() {
        return effect.permits();
    }

    boolean usable() {
        return usable;
    }

    /** The whole element is unusable. */
    void unusable(String expression, String text) {
        unusable(RULE, expression, text);
    }

    void unusable(String rule, String expression, String text) {
        if (effect.permits()) {
            usable = false;
            findings.add(Finding.rejected(rule, expression, text));
        } else {
            findings.add(Finding.broadened(rule, expression, text));
        }
    }

    /** One value of a permit is dropped; others may remain. */
    void dropped(String expression, String text) {
        findings.add(new Finding(RULE, Finding.Level.WARNING, expression, Finding.Effect.REJECTED, text));
    }

    void told(Finding finding) {
        findings.add(finding);
    }
}
