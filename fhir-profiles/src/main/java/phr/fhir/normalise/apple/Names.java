package phr.fhir.normalise.apple;

import java.nio.charset.StandardCharsets;

/** Elements and attributes of an export, as bytes. */
final class Names {

    static final byte[] HEALTH_DATA = ascii("HealthData");
    static final byte[] RECORD = ascii("Record");
    static final byte[] CORRELATION = ascii("Correlation");
    static final byte[] WORKOUT = ascii("Workout");
    static final byte[] ACTIVITY_SUMMARY = ascii("ActivitySummary");
    static final byte[] ME = ascii("Me");
    static final byte[] EXPORT_DATE = ascii("ExportDate");
    static final byte[] METADATA_ENTRY = ascii("MetadataEntry");
    static final byte[] BEAT = ascii("InstantaneousBeatsPerMinute");
    static final byte[] BEATS = ascii("HeartRateVariabilityMetadataList");
    static final byte[] WORKOUT_STATISTICS = ascii("WorkoutStatistics");
    static final byte[] WORKOUT_EVENT = ascii("WorkoutEvent");
    static final byte[] WORKOUT_ROUTE = ascii("WorkoutRoute");
    static final byte[] TYPE = ascii("type");
    static final byte[] SOURCE_NAME = ascii("sourceName");
    static final byte[] SOURCE_VERSION = ascii("sourceVersion");
    static final byte[] DEVICE = ascii("device");
    static final byte[] UNIT = ascii("unit");
    static final byte[] START_DATE = ascii("startDate");
    static final byte[] END_DATE = ascii("endDate");
    static final byte[] VALUE = ascii("value");
    static final byte[] KEY = ascii("key");
    static final byte[] BPM = ascii("bpm");

    private Names() {}

    static byte[] ascii(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }
}
