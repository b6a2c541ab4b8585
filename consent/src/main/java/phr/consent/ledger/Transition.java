package phr.consent.ledger;

import java.util.Map;
import java.util.Set;
import phr.consent.directive.Directive;
import phr.consent.directive.State;

/** Whether an event may follow the present state of a directive (consent-semantics.md §10.1). */
enum Transition {
    NEXT,
    /** It already is so; nothing is written. */
    SAME,
    IMPOSSIBLE;

    private static final Map<Event.Type, Set<State>> FROM = Map.of(
            Event.Type.RENOUNCED, Set.of(State.ACTIVE, State.EXPIRED, State.SUSPENDED, State.PENDING_RECONSENT),
            Event.Type.SUSPENDED, Set.of(State.ACTIVE, State.EXPIRED),
            Event.Type.RESUMED, Set.of(State.SUSPENDED),
            Event.Type.RECONSENT_ASKED, Set.of(State.ACTIVE, State.EXPIRED, State.SUSPENDED),
            Event.Type.ENTERED_IN_ERROR,
                    Set.of(
                            State.PROPOSED,
                            State.REFUSED,
                            State.ACTIVE,
                            State.REVOKED,
                            State.EXPIRED,
                            State.PENDING_RECONSENT,
                            State.SUSPENDED));

    /** Only permits are given back, and a deny never waits for a confirmation. */
    private static final Set<Event.Type> PERMITS_ONLY = Set.of(Event.Type.RENOUNCED, Event.Type.RECONSENT_ASKED);

    static Transition of(Directive directive, Event.Type type) {
        State state = directive.state();
        if (PERMITS_ONLY.contains(type) && !directive.effect().permits()) {
            return IMPOSSIBLE;
        }
        if (FROM.getOrDefault(type, Set.of()).contains(state)) {
            return NEXT;
        }
        boolean same = FROM.containsKey(type) && type.after(state) == state && type != Event.Type.RESUMED;
        return same || type == Event.Type.RESUMED && state == State.ACTIVE ? SAME : IMPOSSIBLE;
    }
}
