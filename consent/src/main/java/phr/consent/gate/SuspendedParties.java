package phr.consent.gate;

import java.util.Set;

/** Tells whom the operator has suspended. Whoever keeps them plugs in here and bumps everybody's epoch with every change. */
@FunctionalInterface
public interface SuspendedParties {

    /** Ids of organisations, applications and users, as requests name them. */
    Set<String> all();
}
