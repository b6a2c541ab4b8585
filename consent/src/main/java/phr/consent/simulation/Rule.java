package phr.consent.simulation;

import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;

/**
 * A directive and whose it is.
 *
 * @param from {@code consents[0]} or {@code directives[0]}
 * @param person as written; null = of every person
 * @param directive as understood
 * @param local the same with the references that the engine knows
 */
record Rule(String from, @Nullable String person, Directive directive, Directive local) {

    static Rule of(String from, @Nullable String person, Directive directive) {
        return new Rule(from, person, directive, References.local(directive));
    }

    boolean about(String someone) {
        return person == null || person.equals(someone);
    }
}
