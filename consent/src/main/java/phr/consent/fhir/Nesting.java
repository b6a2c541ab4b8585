package phr.consent.fhir;

import java.util.ArrayList;
import java.util.List;
import phr.consent.directive.ExceptionClause;

/**
 * Takes the tree of provisions apart into directives with one level of exceptions (consent-semantics.md §17.2): an opposite
 * provision is an exception, an equal one an additional directive, a deny with permits of its own a separate deny.
 */
final class Nesting {

    private static final String UNCONDITIONAL = "L-5";

    private final List<Finding> findings;
    private final List<Draft> further = new ArrayList<>();

    private Nesting(List<Finding> findings) {
        this.findings = findings;
    }

    /**
     * @param root with what a known policy adds
     * @return the root's directive first, then the further ones in document order
     */
    static List<Draft> apart(Provision root, List<Finding> findings) {
        Nesting nesting = new Nesting(findings);
        List<Draft> drafts = new ArrayList<>();
        drafts.add(Draft.of(root, nesting.exceptions(root)));
        drafts.addAll(nesting.further);
        return drafts;
    }

    static int depth(Provision provision) {
        return provision.nested().stream()
                .mapToInt(inner -> 1 + depth(inner))
                .max()
                .orElse(0);
    }

    /** The exceptions of a provision; what is more than an exception goes into {@link #further}. */
    private List<ExceptionClause> exceptions(Provision parent) {
        List<ExceptionClause> exceptions = new ArrayList<>();
        for (Provision nested : parent.nested()) {
            if (sameEffectException(nested)) {
                add(exceptions, nested);
            } else if (!nested.opposite(parent)) {
                additional(nested, parent);
            } else if (parent.permits()) {
                closing(exceptions, nested, parent);
            } else {
                opening(exceptions, nested, parent);
            }
        }
        return exceptions;
    }

    private void additional(Provision nested, Provision parent) {
        if (nested.unconditional()) {
            told(nested);
            if (nested.permits()) {
                return;
            }
        }
        Provision whole = nested.over(parent);
        int place = further.size();
        List<ExceptionClause> exceptions = exceptions(whole);
        further.add(place, Draft.of(whole, exceptions));
    }

    /** A deny inside a permit. */
    private void closing(List<ExceptionClause> exceptions, Provision nested, Provision parent) {
        List<Provision> permits =
                nested.nested().stream().filter(Provision::permits).toList();
        if (permits.isEmpty()) {
            add(exceptions, nested);
        } else {
            if (nested.unconditional()) {
                told(nested);
            }
            List<ExceptionClause> lifted = new ArrayList<>();
            permits.forEach(permit -> add(lifted, permit));
            further.add(Draft.of(Conjunction.of(parent, nested), lifted));
        }
        nested.nested().stream()
                .filter(inner -> !inner.permits())
                .forEach(inner -> further.add(Draft.of(Conjunction.of(parent, inner.over(nested)), List.of())));
    }

    /** A permit inside a deny. */
    private void opening(List<ExceptionClause> exceptions, Provision nested, Provision parent) {
        add(exceptions, nested);
        for (Provision inner : nested.nested()) {
            if (inner.permits()) {
                add(exceptions, inner.over(nested));
            } else {
                Provision both = Conjunction.of(nested, inner);
                further.add(Draft.of(Conjunction.of(parent, both), List.of()));
            }
        }
    }

    /** An unconditional or unusable permit is dropped; an unconditional deny stays and closes everything. */
    private void add(List<ExceptionClause> exceptions, Provision nested) {
        if (nested.unconditional() && nested.usable()) {
            told(nested);
        }
        if (!nested.permits() || nested.usable() && !nested.unconditional()) {
            exceptions.add(new ExceptionClause(nested.effect(), nested.asException()));
        }
    }

    private void told(Provision nested) {
        findings.add(
                nested.permits()
                        ? Finding.rejected(
                                UNCONDITIONAL, nested.path(), "a nested permit without any condition is dropped")
                        : new Finding(
                                UNCONDITIONAL,
                                Finding.Level.ERROR,
                                nested.path(),
                                Finding.Effect.BROADENED,
                                "a nested deny without any condition closes everything around it"));
    }

    private static boolean sameEffectException(Provision nested) {
        return !Tree.extensions(nested.json(), "modifierExtension", Vocabulary.SAME_EFFECT)
                .isEmpty();
    }
}
