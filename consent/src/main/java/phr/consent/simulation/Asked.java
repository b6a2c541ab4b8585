package phr.consent.simulation;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.consent.AccessRequest;
import phr.consent.Action;
import phr.consent.Capacity;
import phr.consent.ClientApp;
import phr.consent.Party;
import phr.consent.Research;
import phr.fhir.PersonId;

/** The request of a body, as far as it was given: it becomes a request about one person after the other. */
record Asked(
        @Nullable Capacity capacity,
        @Nullable ClientApp app,
        @Nullable Party organisation,
        User user,
        boolean system,
        Set<String> roles,
        @Nullable String authority,
        List<String> purposes,
        @Nullable Action action,
        @Nullable Research research) {

    /** Who is at the keyboard. */
    record User(
            @Nullable String id, Set<String> aliases, Set<String> groups, Set<String> relationships, boolean verified) {

        static final User NOBODY = new User(null, Set.of(), Set.of(), Set.of(), true);
    }

    static final Asked NOTHING = new Asked(null, null, null, User.NOBODY, false, Set.of(), null, List.of(), null, null);

    AccessRequest about(PersonId subject) {
        return new AccessRequest(
                subject,
                app,
                user.id,
                system,
                organisation,
                roles,
                capacity,
                purposes,
                action,
                user.groups,
                user.relationships,
                authority,
                research,
                user.aliases,
                user.verified);
    }
}
