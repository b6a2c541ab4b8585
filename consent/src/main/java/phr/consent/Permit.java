package phr.consent;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import phr.fhir.PersonId;
import phr.fhir.facts.Facts;

/**
 * Yes, for the rows its grants select. Made by the consent engine only; every method of the record store demands one.
 *
 * <p>A permit is good for one person, one action and one consent epoch: the store checks the epoch in the transaction that reads.
 */
public final class Permit implements Decision {

    /** Why: {@code SELF}, {@code AUTHORITY}, {@code CONSENT} …, and the directives {@code id@version} that allow it. */
    public record Basis(String code, List<String> directives) {

        public Basis {
            directives = List.copyOf(directives);
        }
    }

    private final AccessRequest request;
    private final PersonId subject;
    private final Action action;
    private final Basis basis;
    private final List<Grant> grants;
    private final long epoch;
    private final Instant validUntil;

    Permit(
            AccessRequest request,
            PersonId subject,
            Action action,
            Basis basis,
            List<Grant> grants,
            long epoch,
            Instant validUntil) {
        this.request = request;
        this.subject = subject;
        this.action = action;
        this.basis = basis;
        this.grants = List.copyOf(grants);
        this.epoch = epoch;
        this.validUntil = validUntil;
    }

    public AccessRequest request() {
        return request;
    }

    public PersonId subject() {
        return subject;
    }

    public Action action() {
        return action;
    }

    public Basis basis() {
        return basis;
    }

    /** In order: the first grant whose predicate is true gives the obligations; none = not permitted. */
    public List<Grant> grants() {
        return grants;
    }

    public long epoch() {
        return epoch;
    }

    public Instant validUntil() {
        return validUntil;
    }

    /**
     * What holds for one resource: the first grant that is true, as {@link #grants} says.
     *
     * @return empty when the resource is not permitted
     */
    public Optional<Grant> grantFor(Facts facts, Referrers referrers) {
        Evaluation evaluation = new Evaluation(referrers);
        return grants.stream()
                .filter(grant -> evaluation.holds(grant.predicate(), facts))
                .findFirst();
    }

    /** The same permit for fewer rows: SMART scopes narrow and never widen. */
    public Permit narrowedTo(Predicate scope) {
        List<Grant> narrowed = grants.stream()
                .map(grant -> new Grant(new Predicate.All(List.of(scope, grant.predicate())), grant.obligations()))
                .toList();
        return new Permit(request, subject, action, basis, narrowed, epoch, validUntil);
    }

    @Override
    public <T> T fold(Function<Permit, T> permit, Function<Denial, T> denial) {
        return permit.apply(this);
    }
}
