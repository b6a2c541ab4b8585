package phr.consent.engine;

import java.lang.System.Logger;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import phr.consent.AccessRequest;
import phr.consent.Capacity;
import phr.consent.ClientApp;
import phr.consent.Decision;
import phr.consent.Denial;
import phr.consent.Grant;
import phr.consent.Obligation;
import phr.consent.Permit;
import phr.consent.PermitIssuer;
import phr.consent.Predicate;
import phr.consent.Referrers;
import phr.consent.trace.Explained;
import phr.consent.trace.Explained.PurposeAnswer;
import phr.consent.trace.Outcome;
import phr.consent.trace.Reason;
import phr.fhir.facts.Facts;

/**
 * The decision procedure (consent-semantics.md §3). All questions have one answer: {@link #decide} and {@link #explain} permit a
 * resource exactly when a grant of {@link #compile} is true for it, with the same obligations.
 *
 * <p>Nothing is thrown: an error of the engine is a denial.
 */
public final class Engine extends PermitIssuer {

    private static final Logger LOG = System.getLogger(Engine.class.getName());
    private static final Permit.Basis SELF = new Permit.Basis("SELF", List.of());
    private static final Permit.Basis NONE = new Permit.Basis("NONE", List.of());

    private Engine() {}

    /**
     * Decides a call, before any resource: a permit whose grants select the rows (none when only aggregates are permitted), or
     * why the call is refused.
     */
    public static Decision compile(AccessRequest request, Policy policy, Instant now) {
        try {
            List<String> missing = missing(request, policy);
            if (!missing.isEmpty()) {
                return new Denial(Denial.Reason.INCOMPLETE, request, missing);
            }
            Call call = new Call(request, policy, now);
            Optional<Reason> standing = standing(request, call);
            if (standing.isPresent()) {
                return standing.get() == Reason.SELF
                        ? issue(request, SELF, EVERYTHING, policy.epoch(), call.validUntil())
                        : denial(request, standing.get());
            }
            Compiler compiler = new Compiler(call);
            Optional<Denial.Reason> refusal = compiler.refusal();
            if (refusal.isPresent()) {
                return new Denial(refusal.get(), request, List.of());
            }
            return issue(
                    request,
                    compiler.basis(),
                    compiler.grants(),
                    compiler.aggregates(),
                    policy.epoch(),
                    call.validUntil());
        } catch (RuntimeException | StackOverflowError e) {
            return denial(request, alarm(e));
        }
    }

    /**
     * Decides one resource.
     *
     * @return a permit for this resource and no other (only in {@link Permit#aggregates} when nothing finer leaves), or why not
     */
    public static Decision decide(AccessRequest request, Policy policy, Facts facts, Referrers referrers, Instant now) {
        Explained explained = explain(request, policy, facts, referrers, now);
        if (explained.outcome() != Outcome.PERMIT) {
            return new Denial(Denial.Reason.valueOf(explained.reason().name()), request, explained.missing());
        }
        Predicate only = new Predicate.In(Predicate.Scalar.REFERENCE, Set.of(facts.reference()));
        Set<Obligation> obligations = new HashSet<>(explained.obligations());
        if (explained.reason() != Reason.SELF) {
            obligations.add(Obligation.MASK_REFERENCES);
        }
        List<Grant> grants = List.of(new Grant(only, obligations));
        boolean rows = explained.obligations().stream().noneMatch(Obligation::withoutRows);
        return issue(
                request,
                explained.basis(),
                rows ? grants : List.of(),
                rows ? List.of() : grants,
                policy.epoch(),
                explained.validUntil());
    }

    /**
     * Decides one resource and says how, with the reason per purpose and what every directive did. An aggregate-only permit is a
     * permit here, with its obligation. MASK_REFERENCES is not foretold: whether there is something to mask shows only when a set
     * is written.
     */
    public static Explained explain(
            AccessRequest request, Policy policy, Facts facts, Referrers referrers, Instant now) {
        return explainer(request, policy, now).explain(facts, referrers);
    }

    /** Explains many resources of one call: what does not depend on the resource is worked out once. */
    public static Explainer explainer(AccessRequest request, Policy policy, Instant now) {
        return guarded(request, now, () -> {
            List<String> missing = missing(request, policy);
            if (!missing.isEmpty()) {
                return (facts, referrers) -> flat(request, Reason.INCOMPLETE, missing, now.plus(Call.LONGEST));
            }
            Call call = new Call(request, policy, now);
            Optional<Reason> standing = standing(request, call).filter(reason -> reason != Reason.AUTHORITY);
            if (standing.isPresent()) {
                return (facts, referrers) -> flat(request, standing.get(), List.of(), call.validUntil());
            }
            Compiler compiler = new Compiler(call);
            return (facts, referrers) -> new Interpreter(call, compiler, referrers).explain(facts);
        });
    }

    /** Steps of {@link #explainer} for one resource. */
    @FunctionalInterface
    public interface Explainer {

        Explained explain(Facts facts, Referrers referrers);
    }

    private static final List<Grant> EVERYTHING = List.of(new Grant(Predicate.ALWAYS, Set.of()));

    /** Step 0. */
    private static List<String> missing(AccessRequest request, Policy policy) {
        List<String> missing = Inputs.missing(request);
        if (missing.isEmpty() && !policy.subject().equals(request.subject())) {
            throw new IllegalArgumentException("the policy belongs to somebody else");
        }
        return missing;
    }

    /** Steps 1 and 2 as far as the call alone answers: SELF, or why not; empty when the directives are to be asked. */
    private static Optional<Reason> standing(AccessRequest request, Call call) {
        if (call.suspended()) {
            return Optional.of(Reason.LAW);
        } else if (request.capacity() == Capacity.PROXY) {
            return call.authorised() ? Optional.empty() : Optional.of(Reason.AUTHORITY);
        } else if (request.capacity() != Capacity.SELF) {
            return Optional.empty();
        } else if (!request.verified() || call.course().deceased()) {
            return Optional.of(Reason.DEFAULT);
        }
        ClientApp app = request.app();
        return app != null && app.firstParty() ? Optional.of(Reason.SELF) : Optional.empty();
    }

    private static Explained flat(AccessRequest request, Reason reason, List<String> missing, Instant until) {
        boolean self = reason == Reason.SELF;
        Outcome outcome = self ? Outcome.PERMIT : Outcome.DENY;
        List<PurposeAnswer> purposes = request.purposes().stream()
                .distinct()
                .map(purpose -> new PurposeAnswer(purpose, outcome, reason))
                .toList();
        return new Explained(outcome, reason, List.of(), self ? SELF : NONE, purposes, List.of(), missing, until);
    }

    private static Explainer guarded(AccessRequest request, Instant now, Supplier<Explainer> made) {
        try {
            Explainer explainer = made.get();
            return (facts, referrers) -> {
                try {
                    return explainer.explain(facts, referrers);
                } catch (RuntimeException | StackOverflowError e) {
                    return flat(request, alarm(e), List.of(), now.plus(Call.LONGEST));
                }
            };
        } catch (RuntimeException | StackOverflowError e) {
            Reason reason = alarm(e);
            return (facts, referrers) -> flat(request, reason, List.of(), now.plus(Call.LONGEST));
        }
    }

    private static Denial denial(AccessRequest request, Reason reason) {
        return new Denial(Denial.Reason.valueOf(reason.name()), request, List.of());
    }

    /** An error is a deny, and loud; its message may hold values, so only its kind is told. */
    private static Reason alarm(Throwable error) {
        LOG.log(
                Logger.Level.ERROR,
                "consent decision failed: {0}",
                error.getClass().getName());
        return Reason.INDETERMINATE;
    }
}
