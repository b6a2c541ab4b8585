package phr.consent.emergency;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An emergency that is open for one person (consent-semantics.md §13): a session of one user behind broken glass, or the disaster
 * mode of an area.
 *
 * @param user who opened the session; required for BTG, null for DISASTER
 * @param organisation for which it was opened; null = whatever organisation the user acts for
 * @param openedAt inclusive
 * @param closesAt exclusive
 * @param step which data; of BTG
 */
public record EmergencyGround(
        Kind kind,
        @Nullable String user,
        @Nullable String organisation,
        Instant openedAt,
        Instant closesAt,
        Step step) {

    /** Each kind is the ground of the purpose of the same code. */
    public enum Kind {
        /** Break the glass. */
        BTG,
        DISASTER
    }

    /** What the session shows. */
    public enum Step {
        /** The emergency summary. */
        SUMMARY,
        /** The rest, on a second, logged step. */
        FULL
    }

    /** Open at this instant. */
    public boolean open(Instant now) {
        return !now.isBefore(openedAt) && now.isBefore(closesAt);
    }
}
