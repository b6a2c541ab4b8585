package phr.consent.engine;

import phr.consent.Party;
import phr.consent.trace.Element;
import phr.consent.trace.Sentence;
import phr.consent.trace.Sentences;
import phr.consent.trace.TraceStep;

/** Turns verdicts into steps of a trace: rule and sentence. */
final class Steps {

    private Steps() {}

    static TraceStep step(String purpose, Verdict verdict) {
        return new TraceStep(
                purpose,
                verdict.directive().key(),
                verdict.result(),
                verdict.failed(),
                verdict.exception(),
                verdict.covers().stream().map(Party::id).toList(),
                rule(verdict),
                because(verdict));
    }

    private static String rule(Verdict verdict) {
        Element failed = verdict.failed();
        if (failed != null) {
            return rule(failed);
        }
        boolean byException = verdict.exception() != null;
        return switch (verdict.result()) {
            case DENY -> verdict.unlabelled() ? "CS-7" : byException ? "CS-6" : "CS-5";
            case LIFTED -> byException ? "CS-6" : "CS-12";
            case NEEDS_HUMAN -> "CS-15";
            default -> "CS-6";
        };
    }

    private static String rule(Element failed) {
        return switch (failed) {
            case PERSON, STATE -> "CS-1";
            case LIFE_STAGE -> "CS-4";
            case PHASE -> "CS-11";
            case VALIDITY, DATA_PERIOD -> "CS-8";
            case PURPOSE, LABELS -> "CS-7";
            case GRANTEE -> "CS-2";
            case COUNTRY, ACTION, SELECTOR -> "CS-6";
        };
    }

    private static Sentence because(Verdict verdict) {
        Element failed = verdict.failed();
        if (failed != null) {
            return Sentences.failed(failed);
        }
        return verdict.unlabelled()
                ? Sentences.UNLABELLED
                : Sentences.of(verdict.result(), verdict.exception() != null);
    }
}
