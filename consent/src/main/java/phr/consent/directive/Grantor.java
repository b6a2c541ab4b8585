package phr.consent.directive;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who gave the directive.
 *
 * @param authority set when the capacity is not SELF
 */
public record Grantor(Capacity capacity, @Nullable UUID authority) {

    public static final Grantor SELF = new Grantor(Capacity.SELF, null);

    /** In which capacity (consent-semantics.md §9). */
    public enum Capacity {
        SELF,
        GUARDIAN,
        /** 任意後見 */
        NIN_I_KOUKEN,
        /** 成年後見 */
        SEINEN_KOUKEN,
        /** 保佐 */
        HOSA,
        /** 補助 */
        HOJO,
        NAMED_PROXY,
        COURT
    }
}
