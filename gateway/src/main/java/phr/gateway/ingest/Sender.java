package phr.gateway.ingest;

import org.jspecify.annotations.Nullable;
import phr.consent.Capacity;
import phr.consent.Party;
import phr.consent.Permit;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/**
 * Who sends a file.
 *
 * @param submitter {@code Patient/{person}} or {@code Organization/{id}}
 * @param client application
 * @param patient id by which the sender knows the person
 */
public record Sender(String submitter, String client, String patient) {

    /** @param patient id by which the holder of the permit knows the person */
    public static Sender of(Permit permit, String patient) {
        String client = permit.request().app() == null
                ? "unknown"
                : permit.request().app().id();
        return new Sender(submitter(permit), client, patient);
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
