package phr.consent.lifecourse;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.consent.directive.Purposes;
import phr.consent.directive.Window;

/**
 * The power of one person to act for another (consent-semantics.md §9, §10.2).
 *
 * @param holder user id of the proxy
 * @param state as recorded; whether it is in force also depends on the instant and the person's stage, see {@link #inForce}
 * @param reviewDue a missed review suspends a family proxy
 * @param supervisorAppointedAt 任意後見監督人の選任; null when the recorded state says enough
 */
public record Authority(
        String id,
        String holder,
        Kind kind,
        State state,
        Window validity,
        Activation activation,
        Scope scope,
        @Nullable Instant reviewDue,
        @Nullable Instant supervisorAppointedAt) {

    /** Where the power comes from. */
    public enum Kind {
        /** 親権者 */
        PARENT,
        /** 未成年後見人 */
        GUARDIAN,
        /** 任意後見 */
        NIN_I_KOUKEN,
        /** 成年後見 */
        SEINEN_KOUKEN,
        /** 保佐 */
        HOSA,
        /** 補助 */
        HOJO,
        /** Named by the person herself; a family proxy. */
        NAMED_PROXY,
        /** By another court order. */
        COURT;

        /** Power over a minor; ends at majority. */
        public boolean guardian() {
            return this == PARENT || this == GUARDIAN;
        }
    }

    /** State of §10.2. */
    public enum State {
        /** Claimed, evidence not verified. */
        REGISTERED,
        IN_FORCE,
        /** Dispute, suspected abuse, protection order. */
        SUSPENDED,
        ENDED
    }

    /** When it begins to work. */
    public enum Activation {
        AT_ONCE,
        /** Sleeps until the loss of capacity is verified, and is over when it is regained. */
        ON_CAPACITY_LOST
    }

    /**
     * What the proxy may do; null = ALL.
     *
     * @param categories codes of §8
     * @param purposes bare codes of §7, or {@code system|code}
     * @param mayGrant may write permits for the person
     */
    public record Scope(
            @Nullable Set<String> categories,
            @Nullable Set<String> purposes,
            @Nullable Set<Action> actions,
            boolean mayGrant) {

        /** Everything, granting included. */
        public static final Scope ALL = new Scope(null, null, null, true);

        public Scope {
            categories = categories == null ? null : Set.copyOf(categories);
            purposes = purposes == null ? null : Set.copyOf(purposes);
            actions = actions == null ? null : Set.copyOf(actions);
        }

        /** The action and the purpose are inside. */
        public boolean allows(Action action, String purpose) {
            return (actions == null || actions.contains(action))
                    && (purposes == null || purposes.stream().anyMatch(code -> Purposes.covers(code, purpose)));
        }
    }

    /** Without review date and supervisor. */
    public Authority(
            String id, String holder, Kind kind, State state, Window validity, Activation activation, Scope scope) {
        this(id, holder, kind, state, validity, activation, scope, null, null);
    }

    /**
     * Works at this instant.
     *
     * @param life null when life-stage rules are not applied: then state, period and review decide
     */
    public boolean inForce(Instant now, @Nullable Life life, AgeBands bands) {
        boolean supervised = supervisorAppointedAt == null || !supervisorAppointedAt.isAfter(now);
        return state == State.IN_FORCE
                && validity.contains(now)
                && supervised
                && reviewed(now)
                && (life == null ? activation == Activation.AT_ONCE : allowed(life, now, bands));
    }

    private boolean reviewed(Instant now) {
        return kind != Kind.NAMED_PROXY || reviewDue == null || now.isBefore(reviewDue);
    }

    private boolean allowed(Life life, Instant now, AgeBands bands) {
        if (life.custodyLost(id, now) || kind.guardian() && life.age(now, bands) == LifeStage.ADULT) {
            return false;
        }
        return switch (life.stage(now, bands)) {
            case DECEASED -> false;
            case INCAPACITATED -> kind != Kind.NAMED_PROXY || namedBefore(life, now);
            default -> activation == Activation.AT_ONCE;
        };
    }

    /** Named while she could, and not for an earlier loss that is over. */
    private boolean namedBefore(Life life, Instant now) {
        Instant named = validity.from();
        boolean before =
                named == null || life.capacityLost(now).filter(named::isAfter).isEmpty();
        boolean over = activation == Activation.ON_CAPACITY_LOST
                && life.capacityRegained(now)
                        .filter(regained -> named == null || regained.isAfter(named))
                        .isPresent();
        return before && !over;
    }
}
