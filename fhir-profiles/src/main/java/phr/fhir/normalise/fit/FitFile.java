package phr.fhir.normalise.fit;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.vendor.measure.Fields;
import phr.fhir.normalise.vendor.measure.Measurements;
import phr.fhir.normalise.vendor.measure.RowMapper;
import phr.fhir.normalise.vendor.table.Column;
import phr.fhir.normalise.vendor.table.Kind;
import phr.fhir.normalise.vendor.table.Role;

/**
 * One FIT file. Its messages are rows whose columns are field numbers; beside them stand {@code time} and {@code start_time} in
 * milliseconds, {@code offset} in seconds, {@code device}, and {@code end} of a stage of sleep, which is the time of the next one.
 */
public final class FitFile {

    private static final int FILE_ID = 0;
    private static final int ACTIVITY = 34;
    private static final int MONITORING = 55;
    private static final int MONITORING_INFO = 103;
    private static final int SLEEP_LEVEL = 275;

    private final List<Kind> kinds;

    public FitFile(List<Kind> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    /** Whether a beginning is that of such a file. */
    public static boolean recognises(byte[] head) {
        return head.length > 11 && head[8] == '.' && head[9] == 'F' && head[10] == 'I' && head[11] == 'T';
    }

    /** @param place before the places in findings, empty or {@code entry 3, } */
    public void read(Content content, String place, Measurements out) throws IOException {
        Zone zone = new Zone();
        decode(content, zone::look);
        Rows rows = new Rows(place, out, zone);
        boolean whole = decode(content, rows::take);
        rows.finish();
        if (!whole) {
            out.file()
                    .issue(Issue.error(
                            "structure",
                            "FIT-1",
                            "the file is damaged, truncated or its checksum is wrong",
                            place + "message " + rows.count));
        }
    }

    private interface Taker {
        void take(FitMessage message);
    }

    private static boolean decode(Content content, Taker taker) throws IOException {
        try (InputStream in = content.open()) {
            return new FitDecoder(in).read(taker::take);
        } catch (FitDecoder.Damaged e) {
            return false;
        }
    }

    /** What the file says about itself, wherever it stands. */
    private static final class Zone {

        private static final long MOST = 18 * 3600;
        private @Nullable Long offset;
        private String device = "";

        void look(FitMessage message) {
            boolean info = message.number() == MONITORING_INFO;
            Long local = info ? message.time(0) : message.number() == ACTIVITY ? message.time(5) : null;
            Long time = message.time();
            if (local != null && time != null && Math.abs(local - time) <= MOST) {
                offset = Math.round((local - time) / 900.0) * 900;
            }
            if (message.number() == FILE_ID) {
                Long product = message.number(2);
                device = message.fields().get(8) instanceof String name
                        ? name
                        : product == null ? "" : "product " + product;
            }
        }
    }

    /** The messages of one file as rows. */
    private final class Rows {

        private final Map<String, RowMapper> mappers = new HashMap<>();
        private final String place;
        private final Zone zone;
        private final StepCounter steps;
        private @Nullable FitMessage stage;
        private long clock;
        private int count;

        Rows(String place, Measurements out, Zone zone) {
            this.place = place;
            this.zone = zone;
            this.steps = new StepCounter(zone.offset);
            kinds.forEach(kind -> mappers.put(kind.setting(Role.NAME), new RowMapper(kind, out, true)));
        }

        void take(FitMessage message) {
            count++;
            Long time = time(message);
            if (message.number() == MONITORING && time != null) {
                steps.add(message, time);
            }
            if (message.number() == SLEEP_LEVEL) {
                FitMessage before = stage;
                stage = message;
                if (before != null && before.time() != null && time != null) {
                    map(before, String.valueOf(before.number()), row(before, before.time(), time));
                }
                return;
            }
            map(message, String.valueOf(message.number()), row(message, time, null));
        }

        /** The timestamp; in monitoring files only its lower half may be written. */
        private @Nullable Long time(FitMessage message) {
            if (message.time() != null) {
                clock = message.time() - FitMessage.EPOCH;
                return message.time();
            }
            Long lower = message.number() == MONITORING ? message.number(26) : null;
            if (lower == null || clock == 0) {
                return null;
            }
            clock += (lower - (clock & 0xFFFF)) & 0xFFFF;
            return clock + FitMessage.EPOCH;
        }

        private void map(FitMessage message, String name, Map<String, String> row) {
            RowMapper mapper = mappers.get(name);
            boolean valued = mapper != null
                    && mapper.kind().columns().stream()
                            .filter(Column::needed)
                            .allMatch(column -> row.containsKey(column.path().get(0)));
            if (valued && mapper != null) {
                mapper.map(new Row(row, place + "message " + count));
            }
        }

        private Map<String, String> row(FitMessage message, @Nullable Long time, @Nullable Long end) {
            Map<String, String> row = new HashMap<>();
            message.fields().forEach((field, value) -> row.put(String.valueOf(field), String.valueOf(value)));
            put(row, "time", time);
            put(row, "end", end);
            put(row, "start_time", message.time(2));
            describe(row);
            return row;
        }

        private void describe(Map<String, String> row) {
            if (zone.offset != null) {
                row.put("offset", String.valueOf(zone.offset));
            }
            if (!zone.device.isEmpty()) {
                row.put("device", zone.device);
            }
        }

        private static void put(Map<String, String> row, String name, @Nullable Long seconds) {
            if (seconds != null) {
                row.put(name, String.valueOf(seconds * 1000));
            }
        }

        void finish() {
            steps.days().forEach((day, number) -> {
                Map<String, String> row = new HashMap<>(Map.of("day", day.toString(), "steps", String.valueOf(number)));
                describe(row);
                map(new FitMessage(MONITORING, Map.of(), null), "steps", row);
            });
        }
    }

    private record Row(Map<String, String> cells, String place) implements Fields {

        @Override
        public @Nullable String text(Column column) {
            return cells.get(column.path().get(0));
        }
    }
}
