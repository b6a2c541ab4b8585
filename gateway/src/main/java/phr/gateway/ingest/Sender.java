package phr.gateway.ingest;

import org.jspecify.annotations.Nullable;
import phr.consent.Capacity;
import phr.consent.ClientApp;
import phr.consent.Party;
import phr.consent.Permit;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/**
 * Who sends a file.
 *
 * @param submitter {@code Patient/{person}} or {@code Organization/{id}}
 * @param client application
 * @param foreign it belongs to somebody else than the PHR provider: it is a source of its own (lifelog.md §4)
 * @param patient id by which the sender knows the person
 */
public record Sender(String submitter, String client, boolean foreign, String patient) {

    /** What was held before applications were told apart says so by who sent it. */
    public Sender {
        foreign = foreign || submitter.startsWith("Organization/");
    }

    /** @param patient id by which the holder of the permit knows the person */
    public static Sender of(Permit permit, String patient) {
        @Nullable ClientApp app = permit.request().app();
        boolean foreign = permit.request().organisation() != null || app == null || !app.firstParty();
        return new Sender(submitter(permit), app == null ? "unknown" : app.id(), foreign, patient);
    }

    /**
     * Only the person, or who lawfully acts for her, decides about a held file.
     *
     * @throws phr.fhir.failure.FailureException FORBIDDEN for anybody else
     */
    static void requirePerson(Permit permit) {
        Capacity capacity = permit.request().capacity();
        if (capacity != Capacity.SELF && capacity != Capacity.PROXY) {
            throw Failure.of(Category.FORBIDDEN, "ING-4", "only the person decides about held files")
                    .exception();
        }
    }

    private static String submitter(Permit permit) {
        @Nullable Party organisation = permit.request().organisation();
        return organisation == null ? "Patient/" + permit.subject() : "Organization/" + bare(organisation.id());
    }

    private static String bare(String id) {
        return id.startsWith("Organization/") ? id.substring("Organization/".length()) : id;
    }
}
