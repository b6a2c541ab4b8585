package phr.consent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.fhir.facts.Facts;

/**
 * Yes, for the rows its grants select. Made by the consent engine only; every method of the record store demands one.
 *
 * <p>A permit is good for one person, one action and one consent epoch: the store checks the epoch in the transaction that reads.
 */
public final class Permit implements Decision {

    /**
     * Why (consent-semantics.md §16.4).
     *
     * @param code {@code SELF}, {@code AUTHORITY}, {@code CONSENT}, {@code APPI27-1-2} (emergency), {@code STATUTORY} or {@code
     *     NONE}
     * @param directives {@code id@version} of those that allow it
     * @param authority id of the proxy's authority
     * @param order reference of a statutory order
     */
    public record Basis(
            String code,
            List<String> directives,
            @Nullable String authority,
            @Nullable String order) {

        public Basis {
            directives = List.copyOf(directives);
        }

        /** By directives only. */
        public Basis(String code, List<String> directives) {
            this(code, directives, null, null);
        }
    }

    private final AccessRequest request;
    private final PersonId subject;
    private final Action action;
    private final Basis basis;
    private final List<Grant> grants;
    private final List<Grant> aggregates;
    private final long epoch;
    private final Instant validUntil;

    Permit(
            AccessRequest request,
            PersonId subject,
            Action action,
            Basis basis,
            List<Grant> grants,
            List<Grant> aggregates,
            long epoch,
            Instant validUntil) {
        this.request = request;
        this.subject = subject;
        this.action = action;
        this.basis = basis;
        this.grants = List.copyOf(grants);
        this.aggregates = List.copyOf(aggregates);
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

    /**
     * What only aggregates may be computed over: grants that carry {@code AGGREGATE_ONLY} or {@code POPULATION_ONLY}, in the
     * order of use. Never among {@link #grants}, so reads and searches do not see these rows (§14).
     */
    public List<Grant> aggregates() {
        return aggregates;
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
        for (Grant grant : grants) {
            if (evaluation.holds(grant.predicate(), facts)) {
                return Optional.of(grant);
            }
        }
        return Optional.empty();
    }

    /** The same permit for fewer rows: SMART scopes narrow and never widen. */
    public Permit narrowedTo(Predicate scope) {
        return new Permit(
                request,
                subject,
                action,
                basis,
                narrowed(grants, scope),
                narrowed(aggregates, scope),
                epoch,
                validUntil);
    }

    /**
     * Only the rows that both permits release, under the obligations of both; request and reason stay those of this one. Nothing
     * is left to aggregate.
     *
     * @throws StalePermitException when consents changed between the two decisions
     */
    public Permit and(Permit other) {
        if (!subject.equals(other.subject) || epoch != other.epoch) {
            throw new StalePermitException();
        }
        List<Grant> both = new ArrayList<>();
        for (Grant mine : grants) {
            for (Grant its : other.grants) {
                Set<Obligation> obligations = new HashSet<>(mine.obligations());
                obligations.addAll(its.obligations());
                both.add(new Grant(new Predicate.All(List.of(mine.predicate(), its.predicate())), obligations));
            }
        }
        List<String> directives = Stream.concat(basis.directives().stream(), other.basis.directives().stream())
                .distinct()
                .toList();
        return new Permit(
                request,
                subject,
                action,
                new Basis(basis.code(), directives, basis.authority(), basis.order()),
                both,
                List.of(),
                epoch,
                validUntil.isBefore(other.validUntil) ? validUntil : other.validUntil);
    }

    private static List<Grant> narrowed(List<Grant> grants, Predicate scope) {
        return grants.stream()
                .map(grant -> new Grant(new Predicate.All(List.of(scope, grant.predicate())), grant.obligations()))
                .toList();
    }

    @Override
    public <T> T fold(Function<Permit, T> permit, Function<Denial, T> denial) {
        return permit.apply(this);
    }
}
