package phr.fhir.normalise.apple;

import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.fhir.text.TsvTable;

/** Kinds of workouts, {@code workouts.tsv}: Apple's name without its prefix, PGHD code. */
final class WorkoutKinds {

    static final String OTHER = "otherWorkout";

    private static final String PREFIX = "HKWorkoutActivityType";
    private static final Map<String, String> CODES = load();

    private WorkoutKinds() {}

    /** The PGHD code, null when the kind is unknown. */
    static @Nullable String of(String activityType) {
        return activityType.startsWith(PREFIX) ? CODES.get(activityType.substring(PREFIX.length())) : null;
    }

    private static Map<String, String> load() {
        return TsvTable.load(WorkoutKinds.class, "workouts.tsv").rows().stream()
                .collect(Collectors.toUnmodifiableMap(cells -> cells[0], cells -> cells[1]));
    }
}
