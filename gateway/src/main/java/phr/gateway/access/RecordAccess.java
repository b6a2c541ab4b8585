package phr.gateway.access;

import java.util.function.Function;
import phr.consent.Permit;

/** The one way from an endpoint to a record. */
public interface RecordAccess {

    /**
     * Finds the person, asks for a decision, narrows it by the SMART scopes, runs the work, and writes one audit entry before it
     * returns. The work may run again with a new permit when consents change meanwhile; so it opens a stream but sends
     * nothing.
     *
     * @return what the work returns; when it is {@link AutoCloseable} and the audit entry cannot be written, it is closed
     * @throws phr.fhir.failure.FailureException NOT_FOUND for a person the caller does not know, MALFORMED when inputs are
     *     missing, FORBIDDEN without consent or scope, whatever the work throws
     */
    <T> T perform(Ask ask, Function<Permit, T> work);

    /** The id by which the holder of the permit knows the person: her own id, or the pairwise id of the organisation. */
    String patientId(Permit permit);
}
