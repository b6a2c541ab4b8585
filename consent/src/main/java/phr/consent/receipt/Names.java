package phr.consent.receipt;

import org.jspecify.annotations.Nullable;
import phr.consent.directive.Grantee;

/** Finds the name under which people know a grantee; null when there is none. */
@FunctionalInterface
public interface Names {

    Names UNKNOWN = grantee -> null;

    @Nullable
    String of(Grantee grantee);
}
