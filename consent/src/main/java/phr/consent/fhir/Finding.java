package phr.consent.fhir;

import java.util.Locale;

/**
 * What was found in a Consent or directive, and what it did (consent-semantics.md §16.4, {@code lint}).
 *
 * @param id a row of §17.4, or the rule of §1 that applies
 * @param expression FHIRPath in a Consent, JSON pointer in a directive
 * @param text for people; names elements, never values
 */
public record Finding(String id, Level level, String expression, Effect effect, String text) {

    /** How serious; an error refuses creation. */
    public enum Level {
        ERROR,
        WARNING,
        NOTICE;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What it did to the rule. */
    public enum Effect {
        /** The permit, or this part of it, is none (CS-9). */
        REJECTED,
        /** The deny catches more than it says (CS-9). */
        BROADENED,
        NONE
    }

    static Finding rejected(String id, String expression, String text) {
        return new Finding(id, Level.ERROR, expression, Effect.REJECTED, text);
    }

    static Finding broadened(String id, String expression, String text) {
        return new Finding(id, Level.WARNING, expression, Effect.BROADENED, text);
    }

    static Finding notice(String id, String expression, String text) {
        return new Finding(id, Level.NOTICE, expression, Effect.NONE, text);
    }
}
