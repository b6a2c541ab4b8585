package phr.consent.engine;

import java.util.ArrayList;
import java.util.List;
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
    private final @Nullable Party vendor;

    Requester(AccessRequest request) {
        this.request = request;
        this.organisation = request.capacity() == Capacity.SELF ? null : request.organisation();
        this.vendor = receivingVendor(request.app(), organisation);
    }

    /** All parties that obtain the bytes; a permit must cover each. */
    List<Party> receivers() {
        List<Party> receivers = new ArrayList<>();
        if (organisation != null) {
            receivers.add(organisation);
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
            case ORGANISATION, CLASS -> receivers().stream().anyMatch(party -> names(grantee, party));
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
            case PERSON, ROLE, GROUP, RELATIONSHIP -> party.equals(organisation) && namesUser(grantee);
        };
    }

    private boolean namesUser(Grantee grantee) {
        return switch (grantee.kind()) {
            case PERSON -> grantee.id().equals(request.user());
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

    private static boolean names(Grantee grantee, Party party) {
        return grantee.kind() == Grantee.Kind.CLASS ? party.classes().contains(grantee.id()) : is(party, grantee.id());
    }

    private static boolean is(Party party, String id) {
        return party.id().equals(id) || party.aliases().contains(id);
    }

    private static boolean same(Party one, Party other) {
        return is(one, other.id()) || is(other, one.id());
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
