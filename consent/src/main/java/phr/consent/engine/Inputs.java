package phr.consent.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.consent.AccessRequest;
import phr.consent.Capacity;
import phr.consent.ClientApp;

/** Which mandatory inputs of a request are missing (consent-semantics.md §2). */
final class Inputs {

    private Inputs() {}

    static List<String> missing(AccessRequest request) {
        List<String> missing = new ArrayList<>();
        require(missing, "subject", request.subject() != null);
        require(missing, "app", complete(request.app(), request.capacity()));
        require(missing, "user", request.system() || given(request.user()));
        boolean own = request.capacity() == Capacity.SELF || request.capacity() == Capacity.PROXY;
        require(
                missing,
                "organisation",
                own
                        || request.organisation() != null
                                && given(request.organisation().id()));
        require(missing, "capacity", request.capacity() != null);
        require(missing, "authority", request.capacity() != Capacity.PROXY || given(request.authority()));
        require(
                missing,
                "purposes",
                !request.purposes().isEmpty() && request.purposes().stream().allMatch(Inputs::given));
        require(missing, "action", request.action() != null);
        return missing;
    }

    /** A processor works for an organisation; for the person herself there is none, so its vendor receives. */
    private static boolean complete(@Nullable ClientApp app, @Nullable Capacity capacity) {
        if (app == null || !given(app.id())) {
            return false;
        }
        return app.firstParty()
                || app.vendor() != null
                || app.processor() && capacity != Capacity.SELF && capacity != Capacity.PROXY;
    }

    private static void require(List<String> missing, String name, boolean given) {
        if (!given) {
            missing.add(name);
        }
    }

    private static boolean given(@Nullable String value) {
        return value != null && !value.isBlank();
    }
}
