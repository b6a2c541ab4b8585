package phr.consent;

import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the enforcement point must do with a permitted resource; one that it cannot do denies (consent-semantics.md §16.2).
 *
 * @param paths elements to remove, {@code Type.element}; of REDACT
 * @param unit DAY, WEEK or MONTH in Asia/Tokyo; of AGGREGATE_ONLY and MAX_FREQUENCY
 * @param functions mean, min, max, sum, count; of AGGREGATE_ONLY
 * @param number smallest group of POPULATION_ONLY, times per unit of MAX_FREQUENCY
 * @param instant of ERASE_BY
 * @param directive id of the directive under which MAX_FREQUENCY is counted
 */
public record Obligation(
        Code code,
        Set<String> paths,
        @Nullable String unit,
        Set<String> functions,
        @Nullable Integer number,
        @Nullable Instant instant,
        @Nullable String directive)
        implements Comparable<Obligation> {

    /** Codes of §16.2. */
    public enum Code {
        REDACT,
        AGGREGATE_ONLY,
        POPULATION_ONLY,
        KEEP_LABELS,
        MASK_REFERENCES,
        REGENERATE_NARRATIVE,
        NO_ONWARD,
        ERASE_BY,
        NO_STORE,
        MAX_FREQUENCY,
        NOTIFY_PERSON,
        OPEN_REVIEW
    }

    /** Smallest group of POPULATION_ONLY when the directive names none. */
    public static final int SMALLEST_GROUP = 10;

    /** Labels travel to the recipient in {@code meta.security}. */
    public static final Obligation KEEP_LABELS = of(Code.KEEP_LABELS);

    /** Patient without name, address, telecom, photo, contact and day of birth (§4.2). */
    public static final Obligation REDACT_DEMOGRAPHICS = redact(Set.of(
            "Patient.name",
            "Patient.address",
            "Patient.telecom",
            "Patient.photo",
            "Patient.contact",
            "Patient.birthDate"));

    /** References to resources hidden from the caller are removed (§14.2). */
    public static final Obligation MASK_REFERENCES = of(Code.MASK_REFERENCES);

    /** The narrative is made anew, or removed, when anything was redacted or masked. */
    public static final Obligation REGENERATE_NARRATIVE = of(Code.REGENERATE_NARRATIVE);

    /** The recipient promised not to hand the data on; carried in the response. */
    public static final Obligation NO_ONWARD = of(Code.NO_ONWARD);

    /** The recipient promised not to store the data; carried in the response. */
    public static final Obligation NO_STORE = of(Code.NO_STORE);

    /** The person is told. */
    public static final Obligation NOTIFY_PERSON = of(Code.NOTIFY_PERSON);

    /** A review of the access is opened. */
    public static final Obligation OPEN_REVIEW = of(Code.OPEN_REVIEW);

    private static final Comparator<Obligation> ORDER = Comparator.comparing(Obligation::code)
            .thenComparing(obligation -> String.join(",", new TreeSet<>(obligation.paths)))
            .thenComparing(obligation -> obligation.unit == null ? "" : obligation.unit)
            .thenComparing(obligation -> String.join(",", new TreeSet<>(obligation.functions)))
            .thenComparing(obligation -> obligation.number == null ? 0 : obligation.number)
            .thenComparing(obligation -> obligation.instant == null ? Instant.MIN : obligation.instant)
            .thenComparing(obligation -> obligation.directive == null ? "" : obligation.directive);

    public Obligation {
        paths = Set.copyOf(paths);
        functions = Set.copyOf(functions);
    }

    /** Without parameters. */
    public static Obligation of(Code code) {
        return new Obligation(code, Set.of(), null, Set.of(), null, null, null);
    }

    /** These elements are removed and the resource is tagged {@code REDACTED}. */
    public static Obligation redact(Set<String> paths) {
        return new Obligation(Code.REDACT, paths, null, Set.of(), null, null, null);
    }

    /** Only these functions over whole units of one person's data leave. */
    public static Obligation aggregateOnly(String unit, Set<String> functions) {
        return new Obligation(Code.AGGREGATE_ONLY, Set.of(), unit, functions, null, null, null);
    }

    /** Nothing about one person leaves, only groups of at least {@code k}. */
    public static Obligation populationOnly(int k) {
        return new Obligation(Code.POPULATION_ONLY, Set.of(), null, Set.of(), k, null, null);
    }

    /** The recipient erases what it got by then. */
    public static Obligation eraseBy(Instant instant) {
        return new Obligation(Code.ERASE_BY, Set.of(), null, Set.of(), null, instant, null);
    }

    /** At most {@code n} times per unit under one directive; the enforcement point counts. */
    public static Obligation maxFrequency(int n, String unit, String directive) {
        return new Obligation(Code.MAX_FREQUENCY, Set.of(), unit, Set.of(), n, null, directive);
    }

    /** Leaves no single resource to a recipient. */
    public boolean withoutRows() {
        return code == Code.AGGREGATE_ONLY || code == Code.POPULATION_ONLY;
    }

    @Override
    public int compareTo(Obligation other) {
        return ORDER.compare(this, other);
    }
}
