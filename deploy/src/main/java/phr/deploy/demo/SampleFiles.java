package phr.deploy.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.UUID;
import phr.fhir.fixtures.Checkups;
import phr.fhir.fixtures.Lifelogs;

/** The files that the invented Hanako uploads, written to disk so that a reader can look at them and send them again. */
final class SampleFiles {

    /** A Monday, the week after her checkup. */
    private static final OffsetDateTime WEEK = OffsetDateTime.parse("2025-06-09T07:10:00+09:00");

    static final int DAYS = 7;

    private SampleFiles() {}

    static void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.write(directory.resolve("checkup.zip"), Checkups.hanako2025().zip());
        Files.write(
                directory.resolve("blood-pressure.json"), Lifelogs.bloodPressures(id("blood pressure"), WEEK, DAYS));
        Files.write(directory.resolve("steps.json"), Lifelogs.stepsWeek(id("steps"), WEEK.toLocalDate()));
    }

    /** The same in every run, so that uploading again is recognised. */
    private static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
