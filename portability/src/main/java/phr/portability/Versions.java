package phr.portability;

import org.jspecify.annotations.Nullable;

/** Versions that sources give their resources: comparable only when both are whole numbers. */
final class Versions {

    private Versions() {}

    /** Whether both are numbers and the first is larger. */
    static boolean newer(@Nullable String one, @Nullable String other) {
        return number(one) && number(other) && Long.parseLong(one) > Long.parseLong(other);
    }

    private static boolean number(@Nullable String version) {
        return version != null && version.matches("[0-9]{1,18}");
    }
}
