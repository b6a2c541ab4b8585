package phr.fhir.facts;

import java.util.Set;

/**
 * A set-valued fact in one of three states (consent-semantics.md §4.2).
 *
 * <p>Known values compare; <em>absent</em> (the type has no such element) matches nothing; <em>unknown</em> (opaque, not yet
 * labelled) satisfies no permit and is caught by every deny.
 */
public record Tokens(State state, Set<String> values) {

    public enum State {
        KNOWN,
        ABSENT,
        UNKNOWN
    }

    public static final Tokens ABSENT = new Tokens(State.ABSENT, Set.of());
    public static final Tokens UNKNOWN = new Tokens(State.UNKNOWN, Set.of());

    public Tokens {
        values = Set.copyOf(values);
        if (state != State.KNOWN && !values.isEmpty()) {
            throw new IllegalArgumentException("only a known fact has values");
        }
    }

    /** Known values; none at all means absent. */
    public static Tokens of(Set<String> values) {
        return values.isEmpty() ? ABSENT : new Tokens(State.KNOWN, values);
    }

    public boolean unknown() {
        return state == State.UNKNOWN;
    }
}
