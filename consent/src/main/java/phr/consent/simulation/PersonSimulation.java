package phr.consent.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;
import phr.consent.engine.Policy;
import phr.consent.outlook.Directory;
import phr.consent.outlook.Outlook;
import phr.consent.outlook.Sight;
import phr.fhir.failure.Issue;

/**
 * A question of a person about her own record (consent-semantics.md §16.4): who can see what, now, at another instant, or after a
 * change that she has not made yet.
 */
public final class PersonSimulation {

    /** Grantees times purposes; more rows nobody reads. */
    private static final int MOST_SIGHTS = 1_000;

    private final String person;
    private final @Nullable Instant at;
    private final Change change;
    private final Asked asked;
    private final List<Given> resources;

    PersonSimulation(String person, @Nullable Instant at, Change change, Asked asked, List<Given> resources) {
        this.person = person;
        this.at = at;
        this.change = change;
        this.asked = asked;
        this.resources = List.copyOf(resources);
    }

    /**
     * What would be different.
     *
     * @param revoked ids of directives, each with its place in the body
     */
    record Change(List<Directive> added, Map<String, String> revoked) {

        static final Change NONE = new Change(List.of(), Map.of());

        Change {
            added = List.copyOf(added);
        }

        /**
         * @throws phr.fhir.failure.FailureException MALFORMED for the id of a directive that is not hers or acts no more
         */
        Policy applied(Policy policy) {
            Set<String> known = policy.directives().stream().map(Directive::id).collect(Collectors.toSet());
            List<Issue> problems = revoked.entrySet().stream()
                    .filter(entry -> !known.contains(entry.getKey()))
                    .map(entry -> Body.problem("no directive in force has this id", entry.getValue()))
                    .toList();
            Body.require(problems);
            List<Directive> directives =
                    new ArrayList<>(policy.without(revoked.keySet()).directives());
            directives.addAll(added);
            return new Policy(policy.subject(), policy.epoch(), directives, policy.circumstances());
        }
    }

    /** The id as written. */
    public String person() {
        return person;
    }

    /** The instant asked about. */
    public Instant at(Instant now) {
        return at == null ? now : at;
    }

    /**
     * Works the answer out.
     *
     * @param before what the person has said, in force or waiting
     * @throws phr.fhir.failure.FailureException MALFORMED, INVALID {@code limit-exceeded}
     */
    public PersonAnswer answer(Policy before, Directory directory, Instant now) {
        Instant instant = at(now);
        Policy after = change.applied(before);
        List<Directive> every = new ArrayList<>(before.directives());
        every.addAll(change.added());
        SortedSet<Sight> sights = Sight.of(every);
        if (sights.size() > MOST_SIGHTS) {
            throw Body.tooMuch("more than " + MOST_SIGHTS + " pairs of grantee and purpose", "/person");
        }
        return new PersonAnswer(
                instant,
                List.copyOf(sights),
                new Outlook(before, directory, instant),
                new Outlook(after, directory, instant),
                new Samples(before, after, asked, resources, instant),
                change.added());
    }
}
