package phr.consent;

import java.time.Instant;
import java.util.List;
import phr.fhir.PersonId;

/** The only way to make a {@link Permit}. The consent engine extends it and nobody else does. */
public abstract class PermitIssuer {

    protected PermitIssuer() {}

    /** A permit over which nothing is aggregated. */
    protected static Permit issue(
            AccessRequest request, Permit.Basis basis, List<Grant> grants, long epoch, Instant validUntil) {
        return issue(request, basis, grants, List.of(), epoch, validUntil);
    }

    /**
     * @throws IllegalArgumentException when the request names no subject or no action
     */
    protected static Permit issue(
            AccessRequest request,
            Permit.Basis basis,
            List<Grant> grants,
            List<Grant> aggregates,
            long epoch,
            Instant validUntil) {
        PersonId subject = request.subject();
        Action action = request.action();
        if (subject == null || action == null) {
            throw new IllegalArgumentException("a permit is for one person and one action");
        }
        return new Permit(request, subject, action, basis, grants, aggregates, epoch, validUntil);
    }
}
