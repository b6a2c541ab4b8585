package phr.deploy.bench.data;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.SplittableRandom;

/**
 * Heart rates of one person as FHIR Observations, one after the other, in a form that stays the same but for ids, times and
 * values: filling it anew costs copying a few digits, so that the client takes next to nothing from the servers.
 */
public final class HeartRates {

    /** How Observations are wrapped. */
    public enum Form {
        TRANSACTION("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[", "]}"),
        NDJSON("", "");

        private final String start;
        private final String end;

        Form(String start, String end) {
            this.start = start;
            this.end = end;
        }
    }

    public static final String CODE = "http://loinc.org|8867-4";
    /** When every series begins. */
    public static final LocalDateTime FIRST = LocalDateTime.of(2016, 1, 1, 0, 0);

    private static final String ID = "hr-0000000000";
    private static final String TIME = "2016-01-01T00:00:00";
    private static final int LOWEST = 52;
    private static final int RANGE = 46;

    private final byte[] bytes;
    private final int[] ids;
    private final int[] times;
    private final int[] values;
    private final int minutes;
    private final SplittableRandom random;
    private LocalDateTime time = FIRST;
    private long number;
    private int beats = 20;

    /**
     * @param subject {@code Patient/[id]}
     * @param count Observations at a time
     * @param minutes from one to the next
     */
    public HeartRates(String subject, Form form, int count, int minutes, long seed) {
        this.minutes = minutes;
        this.random = new SplittableRandom(seed);
        ids = new int[count];
        times = new int[count];
        values = new int[count];
        StringBuilder text = new StringBuilder(form.start);
        for (int i = 0; i < count; i++) {
            boolean entry = form != Form.NDJSON;
            text.append(entry ? (i == 0 ? "" : ",") + "{\"resource\":" : "");
            observation(text, subject, i);
            text.append(entry ? ",\"request\":{\"method\":\"POST\",\"url\":\"Observation\"}}" : "\n");
        }
        bytes = text.append(form.end).toString().getBytes(StandardCharsets.UTF_8);
    }

    private void observation(StringBuilder text, String subject, int i) {
        text.append("{\"resourceType\":\"Observation\",\"id\":\"");
        ids[i] = text.length();
        text.append(ID).append("""
                ","status":"final","category":[{"coding":[{"system":\
                "http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]}],\
                "code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}]},"subject":{"reference":\"""");
        text.append(subject).append("\"},\"effectiveDateTime\":\"");
        times[i] = text.length();
        text.append(TIME).append("+09:00\",\"valueQuantity\":{\"value\":");
        values[i] = text.length();
        text.append("""
                70,"unit":"beats/min","system":"http://unitsofmeasure.org","code":"/min"}}""");
    }

    /** Makes the next ones; the same array each time. */
    public byte[] next() {
        for (int i = 0; i < ids.length; i++) {
            digits(number++, ids[i] + ID.length() - 1, 10);
            time(times[i]);
            beats = Math.floorMod(beats + random.nextInt(5) - 2, RANGE);
            digits(LOWEST + beats, values[i] + 1, 2);
            time = time.plusMinutes(minutes);
        }
        return bytes;
    }

    /** How many were made. */
    public long made() {
        return number;
    }

    private void time(int place) {
        digits(time.getYear(), place + 3, 4);
        digits(time.getMonthValue(), place + 6, 2);
        digits(time.getDayOfMonth(), place + 9, 2);
        digits(time.getHour(), place + 12, 2);
        digits(time.getMinute(), place + 15, 2);
    }

    private void digits(long value, int last, int count) {
        long rest = value;
        for (int i = 0; i < count; i++) {
            bytes[last - i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
