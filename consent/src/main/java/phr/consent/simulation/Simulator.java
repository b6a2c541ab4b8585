package phr.consent.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phr.consent.AccessRequest;
import phr.consent.Decision;
import phr.consent.Denial;
import phr.consent.Obligation;
import phr.consent.Permit;
import phr.consent.directive.Directive;
import phr.consent.engine.Engine;
import phr.consent.engine.Policy;
import phr.consent.trace.Explained;
import phr.consent.trace.Outcome;
import phr.consent.trace.Reason;
import phr.consent.trace.TraceStep;
import phr.fhir.PersonId;
import phr.fhir.facts.Facts;

/** Asks the engine about every resource of a body, each for the person it names (consent-semantics.md §16.4). */
final class Simulator {

    private static final String NOBODY = "";
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final Simulation simulation;
    private final Rules rules;
    private final Instant now;
    private final List<String> missing;
    private final Map<String, Policy> policies = new HashMap<>();
    private final Map<String, List<Facts>> referrers = new HashMap<>();

    /** Elements given that the caller does not see. */
    private final Set<String> hidden = new HashSet<>();

    Simulator(Simulation simulation, Rules rules, Instant now) {
        this.simulation = simulation;
        this.rules = rules;
        this.now = now;
        this.missing = missing();
        for (Given given : simulation.resources()) {
            given.facts().linksOut().forEach(link -> referrers
                    .computeIfAbsent(link, key -> new ArrayList<>())
                    .add(given.facts()));
        }
        if (missing.isEmpty()) {
            hide();
        }
    }

    /** Names of required parts that the body lacks. */
    List<String> missingParts() {
        return missing;
    }

    /** What a reading caller would meet before any resource (§14): 400, 403 or 200. */
    int status() {
        if (!missing.isEmpty()) {
            return 400;
        }
        Set<String> persons = new LinkedHashSet<>(rules.patients());
        Stream.ofNullable(simulation.context().subject()).forEach(persons::add);
        persons.addAll(SimulationReader.persons(simulation.resources().stream()));
        if (persons.isEmpty()) {
            persons.add(NOBODY);
        }
        return persons.stream().anyMatch(person -> compiled(person) instanceof Permit) ? 200 : 403;
    }

    Decided decide(Given resource) {
        if (!missing.isEmpty()) {
            Instant until = simulation.at() == null ? null : now.plus(LONGEST);
            return Decided.denied(
                    resource, Reason.INCOMPLETE, simulation.asked().purposes(), List.of(), until);
        }
        String person = person(resource);
        if (person == null) {
            List<String> purposes = simulation.asked().purposes();
            return Decided.denied(resource, Reason.DEFAULT, purposes, trace(null, List.of()), now.plus(LONGEST));
        }
        Explained explained = Engine.explain(request(person), policy(person), resource.facts(), this::referringTo, now);
        List<TraceStep> trace =
                explained.trace().isEmpty() && !onlyOthers(person) ? List.of() : trace(person, explained.trace());
        return new Decided(
                resource,
                explained.outcome(),
                explained.reason(),
                explained.outcome() == Outcome.PERMIT ? obligations(resource, explained.obligations()) : List.of(),
                explained.basis(),
                explained.purposes(),
                trace,
                explained.validUntil());
    }

    /** Whose rules decide; null for a resource that is nobody's in particular when there are several persons. */
    private @Nullable String person(Given resource) {
        if (resource.persons().size() == 1) {
            return resource.persons().iterator().next();
        }
        Set<String> named = new TreeSet<>(rules.patients());
        rules.list().stream().map(Rule::person).filter(Objects::nonNull).forEach(named::add);
        if (resource.persons().isEmpty() && named.size() <= 1) {
            return named.isEmpty() ? NOBODY : named.iterator().next();
        }
        return null;
    }

    private AccessRequest request(String person) {
        return simulation.asked().about(id(person));
    }

    private Policy policy(String person) {
        return policies.computeIfAbsent(person, key -> {
            List<Directive> directives = rules.list().stream()
                    .filter(rule -> rule.about(key))
                    .map(Rule::local)
                    .toList();
            return new Policy(id(key), 0, directives, simulation.context().about(key));
        });
    }

    private Decision compiled(String person) {
        return Engine.compile(request(person), policy(person), now);
    }

    private List<Facts> referringTo(String reference) {
        return referrers.getOrDefault(reference, List.of());
    }

    private void hide() {
        Map<String, Decision> calls = new HashMap<>();
        for (Given given : simulation.resources()) {
            String person = person(given);
            Decision call = person == null ? null : calls.computeIfAbsent(person, this::compiled);
            boolean seen = call instanceof Permit permit
                    && permit.grantFor(given.facts(), this::referringTo).isPresent();
            if (!seen) {
                hidden.add(given.facts().reference());
            }
        }
    }

    /** References to hidden elements are masked, and a text that may repeat them is made anew. */
    private List<Obligation> obligations(Given resource, List<Obligation> given) {
        List<Obligation> obligations = new ArrayList<>(given);
        obligations.remove(Obligation.MASK_REFERENCES);
        obligations.remove(Obligation.REGENERATE_NARRATIVE);
        boolean masked = resource.facts().linksOut().stream().anyMatch(hidden::contains)
                && obligations.contains(Obligation.KEEP_LABELS);
        boolean redacted = obligations.stream().anyMatch(each -> each.code() == Obligation.Code.REDACT);
        if (masked) {
            obligations.add(Obligation.MASK_REFERENCES);
        }
        if (resource.narrative() && (masked || redacted)) {
            obligations.add(Obligation.REGENERATE_NARRATIVE);
        }
        return obligations.stream().sorted().toList();
    }

    private boolean onlyOthers(String person) {
        return !rules.list().isEmpty() && rules.list().stream().noneMatch(rule -> rule.about(person));
    }

    /** The engine's steps, and one for every directive of somebody else, in the order of the body. */
    private List<TraceStep> trace(@Nullable String person, List<TraceStep> own) {
        if (person != null && rules.list().stream().allMatch(rule -> rule.about(person))) {
            return own;
        }
        List<TraceStep> steps = new ArrayList<>();
        for (String purpose : simulation.asked().purposes()) {
            own.stream().filter(step -> step.purpose().equals(purpose)).forEach(steps::add);
            rules.list().stream()
                    .filter(rule -> person == null ? rule.person() != null : !rule.about(person))
                    .forEach(rule -> steps.add(
                            TraceStep.ofAnotherPerson(purpose, rule.directive().key())));
        }
        return steps;
    }

    private List<String> missing() {
        Policy empty = new Policy(id(NOBODY), 0, List.of());
        Decision decision = Engine.compile(request(NOBODY), empty, now);
        List<String> names = new ArrayList<>();
        if (decision instanceof Denial denial && denial.reason() == Denial.Reason.INCOMPLETE) {
            names.addAll(denial.missing());
        }
        if (simulation.at() == null) {
            names.add("at");
        }
        return names;
    }

    /** One made-up person for each name. */
    private static PersonId id(String person) {
        return new PersonId(References.uuid("person " + person));
    }
}
