package phr.consent.outlook;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.consent.AccessRequest;
import phr.consent.Action;
import phr.consent.Capacity;
import phr.consent.ClientApp;
import phr.consent.Party;
import phr.consent.directive.Grantee;
import phr.fhir.PersonId;

/** The read that a grantee would try: it has nothing but what makes it this grantee. */
final class Asking {

    private static final String SOMEBODY = "urn:phr:outlook:somebody";
    private static final ClientApp VIEWER = new ClientApp("urn:phr:outlook:viewer", false, true, null);

    private final PersonId subject;
    private final Directory directory;

    Asking(PersonId subject, Directory directory) {
        this.subject = subject;
        this.directory = directory;
    }

    AccessRequest of(Sight sight) {
        Grantee grantee = sight.grantee();
        List<String> purposes = List.of(sight.purpose());
        return switch (grantee.kind()) {
            case ORGANISATION -> recipient(null, organisation(grantee.id()), Set.of(), Set.of(), Set.of(), purposes);
            case APP -> app(grantee.id(), purposes);
            case PERSON -> recipient(grantee.id(), somewhere(Set.of()), Set.of(), Set.of(), Set.of(), purposes);
            case ROLE ->
                recipient(
                        SOMEBODY,
                        grantee.organisation() == null ? somewhere(Set.of()) : organisation(grantee.organisation()),
                        Set.of(grantee.id()),
                        Set.of(),
                        Set.of(),
                        purposes);
            case GROUP -> recipient(SOMEBODY, somewhere(Set.of()), Set.of(), Set.of(grantee.id()), Set.of(), purposes);
            case RELATIONSHIP ->
                recipient(SOMEBODY, somewhere(Set.of()), Set.of(), Set.of(), Set.of(grantee.id()), purposes);
            case CLASS -> recipient(null, somewhere(Set.of(grantee.id())), Set.of(), Set.of(), Set.of(), purposes);
            case ANY -> recipient(null, somewhere(Set.of()), Set.of(), Set.of(), Set.of(), purposes);
        };
    }

    private AccessRequest recipient(
            @Nullable String user,
            Party organisation,
            Set<String> roles,
            Set<String> groups,
            Set<String> relationships,
            List<String> purposes) {
        return new AccessRequest(
                subject,
                VIEWER,
                user,
                user == null,
                organisation,
                roles,
                Capacity.RECIPIENT,
                purposes,
                Action.READ,
                groups,
                relationships);
    }

    /** In the hands of the person, its vendor receives. */
    private AccessRequest app(String id, List<String> purposes) {
        ClientApp app = directory.app(id).orElseGet(() -> new ClientApp(id, false, false, somewhere(Set.of())));
        return new AccessRequest(
                subject,
                app,
                subject.toString(),
                false,
                null,
                Set.of(),
                Capacity.SELF,
                purposes,
                Action.READ,
                Set.of(),
                Set.of());
    }

    private Party organisation(String id) {
        return directory.organisation(id).orElseGet(() -> new Party(id, Set.of(), Set.of(), "JP"));
    }

    private static Party somewhere(Set<String> classes) {
        return new Party(SOMEBODY, Set.of(), classes, "JP");
    }
}
