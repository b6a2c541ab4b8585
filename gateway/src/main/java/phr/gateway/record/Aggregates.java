package phr.gateway.record;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import phr.consent.CalendarUnit;
import phr.consent.Grant;
import phr.consent.Obligation;
import phr.consent.Obligation.Code;

/** What the obligations of an aggregate grant leave to compute (consent-semantics.md §16.2). */
public final class Aggregates {

    /** Functions of the obligation {@code AGGREGATE_ONLY}. */
    public static final Set<String> FUNCTIONS = Set.of("mean", "min", "max", "sum", "count");

    private Aggregates() {}

    /**
     * Whether values of one person over whole units may leave under the grant: every obligation for aggregates names this unit,
     * none demands groups of persons or elements taken out, and none is unknown here.
     */
    public static boolean usable(Grant grant, CalendarUnit unit) {
        return grant.obligations().stream().allMatch(obligation -> usable(obligation, unit));
    }

    private static boolean usable(Obligation obligation, CalendarUnit unit) {
        return switch (obligation.code()) {
            case AGGREGATE_ONLY -> unit.name().equals(obligation.unit());
            case REDACT -> obligation.paths().stream().noneMatch(path -> path.startsWith("Observation."));
            case KEEP_LABELS,
                    MASK_REFERENCES,
                    REGENERATE_NARRATIVE,
                    NO_ONWARD,
                    NO_STORE,
                    ERASE_BY,
                    MAX_FREQUENCY,
                    NOTIFY_PERSON,
                    OPEN_REVIEW -> true;
            default -> false;
        };
    }

    /** Whether single values must not leave. */
    public static boolean only(Collection<Obligation> obligations) {
        return obligations.stream().anyMatch(Obligation::withoutRows);
    }

    /** The functions that all obligations permit. */
    public static Set<String> functions(Collection<Obligation> obligations) {
        Set<String> permitted = new HashSet<>(FUNCTIONS);
        obligations.stream()
                .filter(obligation -> obligation.code() == Code.AGGREGATE_ONLY)
                .forEach(obligation -> permitted.retainAll(obligation.functions()));
        return permitted;
    }
}
