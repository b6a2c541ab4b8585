package phr.fhir.normalise.apple;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
        try (InputStream in = Objects.requireNonNull(WorkoutKinds.class.getResourceAsStream("workouts.tsv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split("\t", -1))
                    .collect(Collectors.toUnmodifiableMap(cells -> cells[0], cells -> cells[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
