package phr.deploy.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.UUID;
import phr.fhir.fixtures.Checkups;

/** The files that the invented Hanako uploads, written to disk so that a reader can look at them and send them again. */
final class SampleFiles {

    private static final LocalDate MONDAY = LocalDate.of(2025, 6, 9);
    private static final int DAYS = 7;

    private SampleFiles() {}

    static void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.write(directory.resolve("checkup.zip"), Checkups.hanako2025().zip());
        Files.write(directory.resolve("blood-pressure.json"), Answer.JSON.writeValueAsBytes(bloodPressure()));
        Files.write(directory.resolve("steps.json"), Answer.JSON.writeValueAsBytes(steps()));
    }

    /** Home blood pressure (家庭血圧), morning and evening of a week, Open mHealth blood-pressure 4.0. */
    private static ArrayNode bloodPressure() {
        ArrayNode points = Answer.JSON.createArrayNode();
        for (int day = 0; day < DAYS; day++) {
            reading(points.addObject(), MONDAY.plusDays(day) + "T07:10:00+09:00", 131 + day % 3, 84 + day % 2);
            reading(points.addObject(), MONDAY.plusDays(day) + "T21:40:00+09:00", 124 + day % 4, 79 + day % 3);
        }
        return points;
    }

    private static void reading(ObjectNode point, String time, int systolic, int diastolic) {
        header(point, "blood-pressure", "4.0", time);
        ObjectNode body = point.putObject("body");
        body.putObject("systolic_blood_pressure").put("value", systolic).put("unit", "mmHg");
        body.putObject("diastolic_blood_pressure").put("value", diastolic).put("unit", "mmHg");
        body.putObject("effective_time_frame").put("date_time", time);
    }

    /** One week of steps (歩数), one count a day, Open mHealth step-count 3.0. */
    private static ArrayNode steps() {
        ArrayNode points = Answer.JSON.createArrayNode();
        for (int day = 0; day < DAYS; day++) {
            LocalDate date = MONDAY.plusDays(day);
            ObjectNode point = points.addObject();
            header(point, "step-count", "3.0", date.plusDays(1) + "T00:05:00+09:00");
            ObjectNode body = point.putObject("body");
            body.putObject("step_count").put("value", 6_200 + 317 * day).put("unit", "steps");
            body.putObject("effective_time_frame")
                    .putObject("time_interval")
                    .put("start_date_time", date + "T00:00:00+09:00")
                    .put("end_date_time", date.plusDays(1) + "T00:00:00+09:00");
        }
        return points;
    }

    private static void header(ObjectNode point, String schema, String version, String time) {
        ObjectNode header = point.putObject("header");
        // The same point has the same id in every run: uploading it again is recognised.
        header.put(
                "uuid",
                UUID.nameUUIDFromBytes((schema + time).getBytes(StandardCharsets.UTF_8))
                        .toString());
        header.putObject("schema_id")
                .put("namespace", "omh")
                .put("name", schema)
                .put("version", version);
        header.put("source_creation_date_time", time);
        header.put("modality", "sensed");
    }
}
