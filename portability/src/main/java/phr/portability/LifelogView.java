package phr.portability;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.Ids;
import phr.portability.json.Json;
import phr.portability.json.JsonNumber;
import phr.portability.json.JsonObject;
import phr.portability.sphr.DocumentType;

/**
 * The SPHR lifelog files: one per (type, modality) with all points, for readers that keep only one (phr-package.md §1 row 9,
 * §3). A view; its truth is in {@code data/fhir}.
 */
final class LifelogView implements Closeable {

    static final String FOLDER = "data/sphr/";

    private final Spool spool;
    private final UUID packageId;
    private final String written;
    private final Map<String, Series> series = new TreeMap<>();

    LifelogView(Spool spool, UUID packageId, String written) {
        this.spool = spool;
        this.packageId = packageId;
        this.written = written;
    }

    void see(JsonObject observation) throws IOException {
        String time = ObservationValues.time(observation).orElse(null);
        String status = observation.string("status").orElse("");
        if (time == null || status.equals("entered-in-error") || status.equals("cancelled")) {
            return;
        }
        if (ObservationValues.isCoded(observation, "85354-9")) {
            bloodPressure(observation, time);
        } else if (ObservationValues.isCoded(observation, "29463-7")) {
            weight(observation, time);
        } else if (ObservationValues.isCoded(observation, "41950-7")) {
            steps(observation, time);
        }
    }

    /** The finished files; complete after {@link #close}. */
    Map<String, Series> series() {
        return series;
    }

    @Override
    public void close() throws IOException {
        for (Series one : series.values()) {
            one.out.write("]}".getBytes(StandardCharsets.US_ASCII));
            one.out.close();
        }
    }

    private void bloodPressure(JsonObject observation, String time) throws IOException {
        JsonNumber systolic = ObservationValues.component(observation, "8480-6").orElse(null);
        JsonNumber diastolic =
                ObservationValues.component(observation, "8462-4").orElse(null);
        if (systolic != null && diastolic != null) {
            point(
                    DocumentType.BLOOD_PRESSURE,
                    observation,
                    at(time).put("systolic_blood_pressure", unit("mmHg", systolic))
                            .put("diastolic_blood_pressure", unit("mmHg", diastolic)));
        }
    }

    private void weight(JsonObject observation, String time) throws IOException {
        JsonNumber value = ObservationValues.value(observation).orElse(null);
        if (value != null) {
            point(DocumentType.WEIGHT, observation, at(time).put("body_weight", unit("kg", value)));
        }
    }

    private void steps(JsonObject observation, String time) throws IOException {
        JsonNumber value = ObservationValues.value(observation).orElse(null);
        if (value != null) {
            String day = time.substring(0, 10);
            JsonObject interval = new JsonObject()
                    .put("start_date_time", day + "T00:00:00.000+09:00")
                    .put("end_date_time", day + "T23:59:59.999+09:00");
            point(
                    DocumentType.STEPS,
                    observation,
                    new JsonObject()
                            .put("effective_time_frame", new JsonObject().put("time_interval", interval))
                            .put("activity_name", "Walking")
                            .put("base_movement_quantity", unit("steps", value)));
        }
    }

    private void point(DocumentType type, JsonObject observation, JsonObject body) throws IOException {
        String modality = observation.object("device").isPresent() ? "sensed" : "self_reported";
        String key = type.name() + "|" + modality;
        Series one = series.get(key);
        if (one == null) {
            one = begin(type, modality, key);
            series.put(key, one);
        } else {
            one.out.write(',');
        }
        one.out.write(Json.write(body));
        one.last = EffectiveTime.of(observation);
        one.count++;
    }

    private Series begin(DocumentType type, String modality, String key) throws IOException {
        Schema schema = Schema.of(type);
        UUID uuid = Ids.v5(packageId, key);
        String path = FOLDER + schema.name + "_" + uuid + ".json";
        OutputStream out = spool.create(path);
        JsonObject header = new JsonObject()
                .put("uuid", uuid.toString())
                .put("source_creation_date_time", written)
                .put(
                        "schema_id",
                        new JsonObject()
                                .put("namespace", schema.namespace)
                                .put("name", schema.name)
                                .put("version", schema.version))
                .put("modality", modality)
                .put("acquisition_rate", unit(schema.unit, JsonNumber.of(1)))
                .put("external_data_sheets", java.util.List.of());
        out.write("{\"header\":".getBytes(StandardCharsets.US_ASCII));
        out.write(Json.write(header));
        out.write(",\"body\":[".getBytes(StandardCharsets.US_ASCII));
        return new Series(type, path, out);
    }

    private static JsonObject at(String time) {
        return new JsonObject().put("effective_time_frame", new JsonObject().put("date_time", time));
    }

    private static JsonObject unit(String unit, JsonNumber value) {
        return new JsonObject().put("unit", unit).put("value", value);
    }

    /** One growing file. */
    static final class Series {
        final DocumentType type;
        final String path;
        private final OutputStream out;
        int count;

        @Nullable
        String last;

        private Series(DocumentType type, String path, OutputStream out) {
            this.type = type;
            this.path = path;
            this.out = out;
        }
    }

    /** Name of the schema that the header states. */
    private record Schema(String namespace, String name, String version, String unit) {

        static Schema of(DocumentType type) {
            return switch (type) {
                case WEIGHT -> new Schema("omh", "body-weight", "2.0", "kg");
                case STEPS -> new Schema("ieee", "physical-activity", "1.0", "steps");
                default -> new Schema("omh", "blood-pressure", "4.0", "mmHg");
            };
        }
    }
}
