package phr.consent.outlook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phr.consent.Decision;
import phr.consent.Denial;
import phr.consent.Grant;
import phr.consent.Obligation;
import phr.consent.Permit;
import phr.consent.Predicate;
import phr.consent.directive.Directive;
import phr.consent.directive.Effect;
import phr.consent.directive.Window;
import phr.consent.engine.Engine;
import phr.consent.engine.Policy;
import phr.consent.engine.data.DataTests;
import phr.consent.trace.Outcome;
import phr.fhir.facts.PhrCategory;

/** Rows of the matrix of one person under one policy at one instant (consent-semantics.md §16.4). */
public final class Outlook {

    private final Policy policy;
    private final Asking asking;
    private final Instant now;

    public Outlook(Policy policy, Directory directory, Instant now) {
        this.policy = policy;
        this.asking = new Asking(policy.subject(), directory);
        this.now = now;
    }

    /**
     * What the grantee can see of one category.
     *
     * @param outcome PERMIT: all or a part of it
     * @param until when the last permit that gives it ends; null = none ends, or nothing is given
     * @param extent which part and under which obligations, to tell two outlooks apart
     */
    public record Row(
            Sight sight,
            PhrCategory category,
            Outcome outcome,
            @Nullable Instant until,
            List<Grant> extent) {

        public Row {
            extent = List.copyOf(extent);
        }

        /** The grantee sees the same, under the same obligations. */
        public boolean same(Row other) {
            return outcome == other.outcome && extent.equals(other.extent);
        }
    }

    /** One row for each category, in the order of the catalogue. */
    public List<Row> rows(Sight sight) {
        Decision decision = Engine.compile(asking.of(sight), policy, now);
        List<Row> rows = new ArrayList<>();
        for (PhrCategory category : PhrCategory.values()) {
            rows.add(decision.fold(
                    permit -> permitted(permit, sight, category), denial -> refused(denial, sight, category)));
        }
        return rows;
    }

    private Row permitted(Permit permit, Sight sight, PhrCategory category) {
        Residue residue = new Residue(category);
        List<Grant> extent = new ArrayList<>();
        for (List<Grant> grants : List.of(permit.grants(), permit.aggregates())) {
            for (Grant grant : grants) {
                Predicate left = residue.of(grant.predicate());
                if (!left.equals(Predicate.NEVER) && !withoutDetails(grant)) {
                    extent.add(new Grant(left, grant.obligations()));
                }
            }
        }
        return extent.isEmpty()
                ? new Row(sight, category, Outcome.DENY, null, extent)
                : new Row(sight, category, Outcome.PERMIT, until(permit, residue), extent);
    }

    /** The Patient that comes with every permit tells nothing of the category of identity data. */
    private static boolean withoutDetails(Grant grant) {
        return grant.obligations().contains(Obligation.REDACT_DEMOGRAPHICS);
    }

    private static Row refused(Denial denial, Sight sight, PhrCategory category) {
        boolean human = denial.reason() == Denial.Reason.HUMAN;
        return new Row(sight, category, human ? Outcome.NEEDS_HUMAN : Outcome.DENY, null, List.of());
    }

    private @Nullable Instant until(Permit permit, Residue residue) {
        List<Optional<Instant>> ends = policy.directives().stream()
                .filter(directive -> permit.basis().directives().contains(directive.key()))
                .filter(directive -> opens(directive, residue))
                .map(directive ->
                        Optional.ofNullable(directive.base().validity()).map(Window::until))
                .toList();
        return ends.stream().anyMatch(Optional::isEmpty)
                ? null
                : ends.stream()
                        .flatMap(Optional::stream)
                        .max(Comparator.naturalOrder())
                        .orElse(null);
    }

    private static boolean opens(Directive directive, Residue residue) {
        return directive.effect().permits()
                && !residue.of(DataTests.of(directive.base(), Effect.PERMIT)).equals(Predicate.NEVER);
    }
}
