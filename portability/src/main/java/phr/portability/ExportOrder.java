package phr.portability;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of an export.
 *
 * @param destination the receiving provider; for a switch and a termination
 */
public record ExportOrder(Reason reason, @Nullable Destination destination) {

    /** Why a package is made (phr-package.md §4). */
    public enum Reason {
        USER_EXPORT,
        PROVIDER_SWITCH,
        SERVICE_TERMINATION,
        MERGER,
        BACKUP;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** @throws IllegalArgumentException when there is no such code */
        public static Reason parse(String code) {
            for (Reason reason : values()) {
                if (reason.code().equals(code)) {
                    return reason;
                }
            }
            throw new IllegalArgumentException("no such reason");
        }
    }

    /** The receiving provider. */
    public record Destination(String providerId, String name) {}

    /** The person's own copy. */
    public static ExportOrder userExport() {
        return new ExportOrder(Reason.USER_EXPORT, null);
    }
}
