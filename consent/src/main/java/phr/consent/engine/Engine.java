package phr.consent.engine;

import java.lang.System.Logger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import phr.consent.AccessRequest;
import phr.consent.Action;
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
import phr.consent.directive.Directive;
import phr.consent.trace.Explained;
import phr.consent.trace.Outcome;
import phr.consent.trace.Reason;
import phr.fhir.facts.Facts;

/**
 * The decision procedure (consent-semantics.md §3). Both questions have one answer: {@link #decide} of a resource permits exactly
 * when a grant of {@link #compile} is true for it, with the same obligations.
 *
 * <p>Nothing is thrown: an error of the engine is a denial.
 */
public final class Engine extends PermitIssuer {

    private static final Logger LOG = System.getLogger(Engine.class.getName());
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Permit.Basis SELF = new Permit.Basis("SELF", List.of());

    private Engine() {}

    /**
     * Decides a call, before any resource: a permit whose grants select the rows (none when only aggregates are permitted), or
     * why the call is refused.
     */
    public static Decision compile(AccessRequest request, Policy policy, Instant now) {
        return safely(request, () -> {
            Optional<Decision> early = withoutDirectives(request, policy, now);
            if (early.isPresent()) {
                return early.get();
            }
            Compiler compiler = compiler(request, policy, now);
            return compiler.refusal()
                    .<Decision>map(reason -> denial(request, reason))
                    .orElseGet(() -> permit(request, policy, now, compiler.used(), compiler.grants()));
        });
    }

    /**
     * Decides one resource.
     *
     * @return a permit for this resource and no other, or why not
     */
    public static Decision decide(AccessRequest request, Policy policy, Facts facts, Referrers referrers, Instant now) {
        return safely(request, () -> {
            Optional<Decision> early = withoutDirectives(request, policy, now);
            if (early.isPresent()) {
                return early.get();
            }
            Compiler compiler = compiler(request, policy, now);
            Set<Obligation> alongside = compiler.refusal().isPresent() ? Set.of() : compiler.alongside();
            Call call = call(request, now);
            Interpreter.Answer answer = new Interpreter(
                            call, recipient(request), inForce(call, policy), alongside, referrers)
                    .decide(facts);
            return answer.denial()
                    .<Decision>map(reason -> denial(request, reason))
                    .orElseGet(() -> {
                        Predicate only = new Predicate.In(Predicate.Scalar.REFERENCE, Set.of(facts.reference()));
                        List<Grant> grants = List.of(new Grant(only, answer.obligations()));
                        return permit(request, policy, now, compiler.used(), grants);
                    });
        });
    }

    /**
     * Decides one resource and says how: exactly what {@link #decide} answers, with the reason per purpose and what every
     * directive did.
     */
    public static Explained explain(
            AccessRequest request, Policy policy, Facts facts, Referrers referrers, Instant now) {
        return decide(request, policy, facts, referrers, now)
                .fold(
                        permit -> new Explained(
                                Outcome.PERMIT,
                                permit.basis().code().equals("SELF") ? Reason.SELF : Reason.CONSENT,
                                List.copyOf(permit.grants().get(0).obligations()),
                                permit.basis(),
                                List.of(),
                                List.of(),
                                List.of(),
                                permit.validUntil()),
                        denial -> new Explained(
                                Outcome.DENY,
                                Reason.valueOf(denial.reason().name()),
                                List.of(),
                                new Permit.Basis("NONE", List.of()),
                                List.of(),
                                List.of(),
                                denial.missing(),
                                now.plus(LONGEST)));
    }

    /** Steps 0 to 2: inputs, the person's own access, and who never reaches the directives. */
    private static Optional<Decision> withoutDirectives(AccessRequest request, Policy policy, Instant now) {
        List<String> missing = Inputs.missing(request);
        if (!missing.isEmpty()) {
            return Optional.of(new Denial(Denial.Reason.INCOMPLETE, request, missing));
        }
        if (!policy.subject().equals(request.subject())) {
            throw new IllegalArgumentException("the policy belongs to somebody else");
        }
        if (request.capacity() == Capacity.OPERATOR) {
            return Optional.of(denial(request, Denial.Reason.DEFAULT));
        }
        if (request.capacity() == Capacity.PROXY) {
            return Optional.of(denial(request, Denial.Reason.AUTHORITY));
        }
        ClientApp app = request.app();
        if (request.capacity() == Capacity.SELF && app != null && app.firstParty()) {
            Grant all = new Grant(Predicate.ALWAYS, Set.of());
            return Optional.of(issue(request, SELF, List.of(all), List.of(), policy.epoch(), now.plus(LONGEST)));
        }
        return Optional.empty();
    }

    private static Compiler compiler(AccessRequest request, Policy policy, Instant now) {
        Call call = call(request, now);
        Compiler compiler = new Compiler(call, recipient(request));
        compiler.compile(inForce(call, policy));
        return compiler;
    }

    private static Permit permit(
            AccessRequest request, Policy policy, Instant now, List<String> directives, List<Grant> grants) {
        Instant until = call(request, now).validUntil(policy.directives());
        return issue(request, new Permit.Basis("CONSENT", directives), grants, List.of(), policy.epoch(), until);
    }

    private static Call call(AccessRequest request, Instant now) {
        Action action = request.action();
        if (action == null) {
            throw new IllegalArgumentException("inputs are checked first");
        }
        return new Call(request, action, now);
    }

    private static List<Directive> inForce(Call call, Policy policy) {
        return policy.directives().stream().filter(call::inForce).toList();
    }

    private static boolean recipient(AccessRequest request) {
        return request.capacity() == Capacity.RECIPIENT;
    }

    private static Denial denial(AccessRequest request, Denial.Reason reason) {
        return new Denial(reason, request, List.of());
    }

    /** An error is a deny, and loud; its message may hold values, so only its kind is told. */
    private static Decision safely(AccessRequest request, Supplier<Decision> decision) {
        try {
            return decision.get();
        } catch (RuntimeException | StackOverflowError e) {
            LOG.log(
                    Logger.Level.ERROR,
                    "consent decision failed: {0}",
                    e.getClass().getName());
            return denial(request, Denial.Reason.INDETERMINATE);
        }
    }
}
