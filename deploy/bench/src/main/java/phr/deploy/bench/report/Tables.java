package phr.deploy.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tables of a report, cell by cell. */
final class Tables {

    private static final String NONE = "–";

    private final Report report;

    Tables(Report report) {
        this.report = report;
    }

    /** What was reached. */
    List<List<String>> results() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "Work", "ours", "rounds of ours", "HAPI", "ratio", "target", "reached", "raw limit", "share of it"));
        for (Map.Entry<Subject, Map<String, Outcome>> row : report.outcomes().entrySet()) {
            rows.add(result(row.getKey(), row.getValue()));
        }
        return rows;
    }

    private List<String> result(Subject subject, Map<String, Outcome> values) {
        Outcome ours = values.get(Report.OURS);
        Outcome theirs = values.get(Report.THEIRS);
        Outcome limit = subject.raw() == null ? null : report.limits().get(subject.raw());
        double ratio = ours == null || theirs == null ? Double.NaN : subject.ratio(ours.value(), theirs.value());
        return List.of(
                subject.name(),
                value(ours),
                ours == null || ours.spread().isEmpty() ? NONE : ours.spread(),
                value(theirs),
                Double.isNaN(ratio) ? NONE : times(ratio),
                target(subject),
                reached(subject, ours, ratio),
                value(limit),
                ours == null || limit == null
                        ? NONE
                        : String.format(Locale.ROOT, "%.1f %%", 100 * subject.share(ours.value(), limit.value())));
    }

    private static String times(double ratio) {
        return String.format(Locale.ROOT, ratio >= 10 ? "%,.0f ×" : "%.1f ×", ratio);
    }

    private static String value(@Nullable Outcome outcome) {
        return outcome == null ? NONE : outcome.subject().unit().written(outcome.value());
    }

    private static String target(Subject subject) {
        boolean absolute = Double.isFinite(subject.target());
        String value =
                (subject.unit().moreIsBetter() ? "≥ " : "≤ ") + subject.unit().written(subject.target());
        String ratio = subject.ratio() == 0 ? "" : "≥ " + times(subject.ratio());
        return absolute ? value + (ratio.isEmpty() ? "" : ", " + ratio) : ratio.isEmpty() ? NONE : ratio;
    }

    private static String reached(Subject subject, @Nullable Outcome ours, double ratio) {
        if (ours == null || Double.isNaN(subject.target())) {
            return NONE;
        }
        boolean absolute = subject.reached(ours.value());
        boolean relative = subject.ratio() == 0 || ratio >= subject.ratio();
        return Double.isNaN(ratio) && subject.ratio() > 0 ? NONE : absolute && relative ? "yes" : "no";
    }

    /** What it cost. */
    List<List<String>> costs() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "Work", "server", "µs of server CPU each", "µs of PostgreSQL CPU each", "client CPUs", "other CPUs"));
        report.outcomes()
                .forEach((subject, values) -> values.forEach((contender, outcome) -> {
                    if (outcome.done() > 0) {
                        rows.add(cost(contender, outcome));
                    }
                }));
        return rows;
    }

    private static List<String> cost(String contender, Outcome outcome) {
        var expense = outcome.expense();
        return List.of(
                outcome.subject().name(),
                contender,
                number(expense.server() * 1e6 / outcome.done()),
                number(expense.database() * 1e6 / outcome.done()),
                String.format(Locale.ROOT, "%.2f", expense.client() / expense.seconds()),
                String.format(Locale.ROOT, "%.2f", expense.others()));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.1f", value);
    }

    /** Memory of the servers. */
    List<List<String>> memory() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("server", "peak resident", "peak heap", "heap after collection, highest"));
        report.memory()
                .forEach((name, used) -> rows.add(
                        List.of(name, mega(used.peakResident()), mega(used.peakHeap()), mega(used.liveHeap()))));
        return rows;
    }

    private static String mega(long bytes) {
        return String.format(Locale.ROOT, "%,d MB", bytes / (1024 * 1024));
    }

    /** What the machine itself can do. */
    List<List<String>> limits() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("raw limit", "what is done", "value"));
        report.limits()
                .forEach((name, outcome) ->
                        rows.add(List.of(name, outcome.subject().name(), value(outcome))));
        return rows;
    }
}
