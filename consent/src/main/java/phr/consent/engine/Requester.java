package phr.consent.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.consent.AccessRequest;
import phr.consent.Capacity;
import phr.consent.ClientApp;
import phr.consent.Party;
import phr.consent.directive.Grantee;

/** Who asks: facets that grantees can name, and the legal parties that would obtain the data (consent-semantics.md §3, §4.1). */
final class Requester {

    private final AccessRequest request;
    private final @Nullable Party organisation;
    private final @Nullable Party proxy;
    private final @Nullable Party vendor;

    Requester(AccessRequest request) {
        this.request = request;
        boolean own = request.capacity() == Capacity.SELF || request.capacity() == Capacity.PROXY;
        this.organisation = own ? null : request.organisation();
        this.proxy = proxy(request);
        this.vendor = receivingVendor(request.app(), organisation);
    }

    /** All parties that obtain the bytes; a permit must cover each. */
    List<Party> receivers() {
        List<Party> receivers = new ArrayList<>();
        if (organisation != null) {
            receivers.add(organisation);
        }
        if (proxy != null) {
            receivers.add(proxy);
        }
        if (vendor != null) {
            receivers.add(vendor);
        }
        return receivers;
    }

    /** What a deny needs: one facet of the requester is named. */
    boolean matches(Grantee grantee) {
        return switch (grantee.kind()) {
            case ANY -> true;
            case ORGANISATION, CLASS -> names(grantee, organisation) || names(grantee, vendor);
            case APP -> request.app() != null && request.app().id().equals(grantee.id());
            case PERSON, ROLE, GROUP, RELATIONSHIP -> namesUser(grantee);
        };
    }

    /** What a permit gives: the grantee stands for this receiving party. */
    boolean covers(Grantee grantee, Party party) {
        return switch (grantee.kind()) {
            case ANY -> true;
            case ORGANISATION, CLASS -> names(grantee, party);
            case APP -> matches(grantee) && isVendor(party);
            case PERSON, ROLE, GROUP, RELATIONSHIP ->
                (party.equals(organisation) || isProxy(party)) && namesUser(grantee);
        };
    }

    /** The party is the proxy herself. */
    boolean isProxy(Party party) {
        return party == proxy;
    }

    /** The user has this id. */
    boolean isUser(String id) {
        return id.equals(request.user()) || request.userAliases().contains(id);
    }

    /** The user, the application or a party of the request is one of these. */
    boolean anyOf(Set<String> ids) {
        ClientApp app = request.app();
        return ids.stream()
                .anyMatch(id -> isUser(id)
                        || app != null && (app.id().equals(id) || app.vendor() != null && is(app.vendor(), id))
                        || request.organisation() != null && is(request.organisation(), id));
    }

    /** The party is one of these. */
    static boolean among(Party party, Set<String> ids) {
        return ids.stream().anyMatch(id -> is(party, id));
    }

    /** A medical institution, where the disaster mode works. */
    boolean medical() {
        return organisation != null && organisation.classes().contains("medical-institution");
    }

    /** Acts for this organisation. */
    boolean actsFor(String id) {
        return organisation != null && is(organisation, id);
    }

    private boolean namesUser(Grantee grantee) {
        return switch (grantee.kind()) {
            case PERSON -> isUser(grantee.id());
            case ROLE -> request.roles().contains(grantee.id()) && inOrganisation(grantee.organisation());
            case GROUP -> request.groups().contains(grantee.id());
            case RELATIONSHIP -> request.relationships().contains(grantee.id());
            default -> false;
        };
    }

    private boolean inOrganisation(@Nullable String id) {
        return id == null || organisation != null && is(organisation, id);
    }

    private boolean isVendor(Party party) {
        ClientApp app = request.app();
        Party owner = app == null ? null : app.vendor();
        return owner != null && same(owner, party);
    }

    private boolean names(Grantee grantee, @Nullable Party party) {
        if (party == null || party == proxy) {
            return false;
        } else if (grantee.kind() == Grantee.Kind.CLASS) {
            return party.classes().contains(grantee.id());
        }
        return is(party, grantee.id())
                || grantee.includeUnits() && party.unitOf().contains(grantee.id());
    }

    private static boolean is(Party party, String id) {
        return party.id().equals(id) || party.aliases().contains(id);
    }

    private static boolean same(Party one, Party other) {
        return is(one, other.id()) || is(other, one.id());
    }

    private static @Nullable Party proxy(AccessRequest request) {
        String user = request.user();
        return request.capacity() == Capacity.PROXY && user != null
                ? new Party(user, request.userAliases(), Set.of(), "JP")
                : null;
    }

    private static @Nullable Party receivingVendor(@Nullable ClientApp app, @Nullable Party organisation) {
        if (app == null || app.firstParty() || app.vendor() == null) {
            return null;
        }
        if (organisation == null) {
            return app.vendor();
        }
        return app.processor() || same(app.vendor(), organisation) ? null : app.vendor();
    }
}
