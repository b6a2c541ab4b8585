package phr.consent.directive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.fhir.failure.Issue;

/**
 * Whether a permit stays inside another one: whatever the narrower permits, the wider permits, and promises no less (consent-semantics.md §10.1, "may narrow, never
 * widen"). Compares what is written, so it may call wider what happens to open nothing more; never the other way round.
 */
public final class Narrower {

    private static final String RULE = "wider";

    private final Directive wide;
    private final Directive narrow;
    private final Instant now;
    private final List<Issue> issues = new ArrayList<>();

    private Narrower(Directive wide, Directive narrow, Instant now) {
        this.wide = wide;
        this.narrow = narrow;
        this.now = now;
    }

    /**
     * Where a permit goes beyond another one.
     *
     * @param now both would come into force then; earlier starts do not count
     * @return one located error per element that is wider; empty when it stays inside
     */
    public static List<Issue> beyond(Directive wide, Directive narrow, Instant now) {
        Narrower comparison = new Narrower(wide, narrow, now);
        comparison.elements();
        return List.copyOf(comparison.issues);
    }

    private void elements() {
        within(wide.effect().permits() && narrow.effect().permits(), "/effect");
        within(phase(wide) == phase(narrow), "/phase");
        Elements outer = wide.base();
        Elements inner = narrow.base();
        within(each(outer.grantees(), inner.grantees(), Narrower::names), "/grantees");
        within(each(outer.purposes(), inner.purposes(), Purposes::covers), "/purposes");
        within(each(outer.actions(), inner.actions(), Action::equals), "/actions");
        within(countries(outer).containsAll(countries(inner)), "/countries");
        within(data(outer.selectors(), inner.selectors()), "/selectors");
        within(labels(outer.labels(), inner.labels()), "/labels");
        within(inside(window(outer.dataPeriod()), window(inner.dataPeriod())), "/dataPeriod");
        within(inside(fromNow(outer.validity()), fromNow(inner.validity())), "/validity");
        within(denied(narrow).containsAll(denied(wide)), "/exceptions");
        within(
                wide.conditions().stream()
                        .allMatch(promise -> narrow.conditions().stream().anyMatch(kept -> keeps(promise, kept))),
                "/conditions");
    }

    private void within(boolean inside, String pointer) {
        if (!inside) {
            issues.add(Issue.error("business-rule", RULE, "goes beyond what was asked", pointer));
        }
    }

    private static Phase phase(Directive permit) {
        return permit.phase() == null ? Phase.LIFE : permit.phase();
    }

    private static <T> boolean each(
            @Nullable Collection<T> wide, @Nullable Collection<T> narrow, BiPredicate<T, T> covers) {
        return wide != null
                && narrow != null
                && narrow.stream().allMatch(value -> wide.stream().anyMatch(outer -> covers.test(outer, value)));
    }

    private static boolean names(Grantee wide, Grantee narrow) {
        if (wide.kind() == Grantee.Kind.ANY) {
            return true;
        }
        boolean organisation =
                wide.organisation() == null || wide.organisation().equals(narrow.organisation());
        boolean units = wide.includeUnits() || !narrow.includeUnits();
        return wide.kind() == narrow.kind() && wide.id().equals(narrow.id()) && organisation && units;
    }

    /** Absent in a permit means Japan only. */
    private static Set<String> countries(Elements permit) {
        return permit.countries() == null ? Set.of("JP") : permit.countries();
    }

    private static boolean data(@Nullable Selectors wide, @Nullable Selectors narrow) {
        if (wide == null || narrow == null) {
            return false;
        }
        return wide.all() || !narrow.all() && each(wide.list(), narrow.list(), SelectorNesting::inside);
    }

    private static boolean labels(@Nullable LabelRule wide, @Nullable LabelRule narrow) {
        if (wide == null || narrow == null) {
            return false;
        }
        if (wide.any() || narrow.any()) {
            return wide.any();
        }
        if (wide.level() == null || narrow.level() == null || !narrow.level().atMost(wide.level())) {
            return false;
        }
        return wide.anySensitivity()
                ? wide.coversReasonsOf(narrow)
                : !narrow.anySensitivity() && wide.closed().containsAll(narrow.closed());
    }

    private static Window window(@Nullable Window window) {
        return window == null ? Window.ANY : window;
    }

    private Window fromNow(@Nullable Window validity) {
        Window window = window(validity);
        return window.from() != null && window.from().isAfter(now) ? window : new Window(now, window.until());
    }

    private static boolean inside(Window wide, Window narrow) {
        boolean starts =
                wide.from() == null || narrow.from() != null && !narrow.from().isBefore(wide.from());
        boolean ends = wide.until() == null
                || narrow.until() != null && !narrow.until().isAfter(wide.until());
        return starts && ends;
    }

    private static List<Elements> denied(Directive permit) {
        return permit.exceptions().stream()
                .filter(exception -> !exception.effect().permits())
                .map(ExceptionClause::elements)
                .toList();
    }

    private static boolean keeps(Condition promise, Condition kept) {
        if (promise.code() != kept.code()) {
            return false;
        }
        return switch (promise.code()) {
            case NO_ONWARD, NO_STORE -> true;
            case AGGREGATE_ONLY ->
                length(kept) >= length(promise) && promise.functions().containsAll(kept.functions());
            case POPULATION_ONLY -> group(kept) >= group(promise);
            case MAX_FREQUENCY, ERASE_BY, RESEARCH -> promise.equals(kept);
        };
    }

    /** Of the unit: a longer one says less. */
    private static int length(Condition aggregate) {
        return aggregate.unit() == null ? -1 : List.of("DAY", "WEEK", "MONTH").indexOf(aggregate.unit());
    }

    /** Ten when nothing is said (§16.2). */
    private static int group(Condition population) {
        return population.number() == null ? 10 : population.number();
    }
}
