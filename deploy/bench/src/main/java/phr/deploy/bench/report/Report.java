package phr.deploy.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that a run has found so far. */
public final class Report {

    /** Of a server over the whole run. */
    public record Memory(long peakResident, long peakHeap, long liveHeap) {}

    /** Whose values stand in which column. */
    public static final String OURS = "gateway";

    public static final String THEIRS = "HAPI";

    private final Map<String, String> machine;
    private final Map<Subject, Map<String, Outcome>> outcomes = new LinkedHashMap<>();
    private final Map<String, Outcome> limits = new LinkedHashMap<>();
    private final Map<String, Memory> memory = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    /** @param machine what the run was made on, in the order in which it is shown */
    public Report(Map<String, String> machine) {
        this.machine = machine;
    }

    public void add(String contender, Outcome outcome) {
        outcomes.computeIfAbsent(outcome.subject(), subject -> new LinkedHashMap<>())
                .put(contender, outcome);
    }

    /** @param name by which subjects refer to it */
    public void limit(String name, Outcome outcome) {
        limits.put(name, outcome);
    }

    public void memory(String contender, Memory used) {
        memory.put(contender, used);
    }

    /** Something that does not fit into the table. */
    public void note(String line) {
        notes.add(line);
    }

    Map<String, String> machine() {
        return machine;
    }

    Map<Subject, Map<String, Outcome>> outcomes() {
        return outcomes;
    }

    Map<String, Outcome> limits() {
        return limits;
    }

    Map<String, Memory> memory() {
        return memory;
    }

    List<String> notes() {
        return notes;
    }

    @Nullable
    Outcome outcome(Subject subject, String contender) {
        Map<String, Outcome> row = outcomes.get(subject);
        return row == null ? null : row.get(contender);
    }
}
