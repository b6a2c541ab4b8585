package phr.fhir.normalise.apple.ecg;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;
import phr.fhir.normalise.lifelog.Units;

/**
 * One electrocardiogram.
 *
 * @param recorded as written, {@code 2026-03-01 07:10:00 +0900}
 * @param hertz samples per second
 * @param microvolts one value per sample
 * @param classification code of the HL7 PHR guide, null when the text is not known
 * @param device as written, empty = not stated
 * @param software as written, empty = not stated
 */
public record Electrocardiogram(
        String recorded,
        BigDecimal hertz,
        List<BigDecimal> microvolts,
        @Nullable String classification,
        String device,
        String software) {

    private static final int MOST_HEADER = 40;
    private static final int MOST_SAMPLES = 1_000_000;
    private static final Pattern RECORDED = Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d [+-]\\d{4}");
    private static final Pattern RATE = Pattern.compile("(\\d{2,4}(?:[.,]\\d{1,4})?)\\s*\\D{1,20}");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}(?:[.,]\\d{1,9})?");
    private static final Pattern DEVICE = Pattern.compile("Watch\\d{1,3},\\d{1,3}");
    private static final Pattern SOFTWARE = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){1,3}");
    private static final Pattern UNIT = Pattern.compile("[µμmu]?V");

    private static final Map<String, String> CLASSIFICATIONS = Map.ofEntries(
            Map.entry("sinus rhythm", "sinusRhythm"),
            Map.entry("洞調律", "sinusRhythm"),
            Map.entry("atrial fibrillation", "atrialFibrillation"),
            Map.entry("心房細動", "atrialFibrillation"),
            Map.entry("high heart rate", "inconclusiveHighHeartRate"),
            Map.entry("高心拍数", "inconclusiveHighHeartRate"),
            Map.entry("low heart rate", "inconclusiveLowHeartRate"),
            Map.entry("低心拍数", "inconclusiveLowHeartRate"),
            Map.entry("poor recording", "inconclusivePoorReading"),
            Map.entry("低品質な記録", "inconclusivePoorReading"),
            Map.entry("inconclusive", "inconclusiveOther"),
            Map.entry("判定不能", "inconclusiveOther"),
            Map.entry("unclassified", "notSet"));

    /**
     * Header names are in the language of the telephone, so each value is known by its form.
     *
     * @throws FailureException MALFORMED when time, rate or samples are missing
     */
    public static Electrocardiogram parse(String csv) {
        String[] lines = csv.split("\\R", -1);
        Header header = new Header();
        int at = 0;
        while (at < lines.length
                && at < MOST_HEADER
                && !NUMBER.matcher(lines[at].strip()).matches()) {
            header.line(lines[at].strip());
            at++;
        }
        if (header.recorded == null || header.hertz == null) {
            throw malformed("no time of recording, or no sample rate, in the header", "line 1");
        }
        return new Electrocardiogram(
                header.recorded,
                header.hertz,
                samples(lines, at, header.unit),
                header.classification,
                header.device,
                header.software);
    }

    private static List<BigDecimal> samples(String[] lines, int first, String unit) {
        List<BigDecimal> samples = new ArrayList<>();
        for (int i = first; i < lines.length; i++) {
            String text = lines[i].strip();
            if (text.isEmpty()) {
                continue;
            }
            BigDecimal value = NUMBER.matcher(text).matches()
                    ? Units.convert(new BigDecimal(text.replace(',', '.')), unit, "uV")
                    : null;
            if (value == null || samples.size() == MOST_SAMPLES) {
                throw malformed("a sample that is no number", "line " + (i + 1));
            }
            samples.add(value);
        }
        if (samples.isEmpty()) {
            throw malformed("no samples", "line " + first);
        }
        return samples;
    }

    private static FailureException malformed(String text, String place) {
        return Failure.of(Category.MALFORMED, "ECG-1", text, place).exception();
    }

    /** What the header said so far. */
    private static final class Header {

        private @Nullable String recorded;
        private @Nullable BigDecimal hertz;
        private @Nullable String classification;
        private String unit = "uV";
        private String device = "";
        private String software = "";

        void line(String line) {
            int comma = line.indexOf(',');
            String value = comma < 0 ? "" : unquoted(line.substring(comma + 1).strip());
            Matcher rate = RATE.matcher(value);
            if (RECORDED.matcher(value).matches()) {
                recorded = value;
            } else if (DEVICE.matcher(value).matches()) {
                device = value;
            } else if (SOFTWARE.matcher(value).matches()) {
                software = value;
            } else if (UNIT.matcher(value).matches()) {
                unit = value.length() == 1 || value.startsWith("m") ? value : "uV";
            } else if (CLASSIFICATIONS.containsKey(value.toLowerCase(java.util.Locale.ROOT))) {
                classification = CLASSIFICATIONS.get(value.toLowerCase(java.util.Locale.ROOT));
            } else if (hertz == null && rate.matches()) {
                hertz = new BigDecimal(rate.group(1).replace(',', '.'));
            }
        }

        private static String unquoted(String text) {
            boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
            return quoted ? text.substring(1, text.length() - 1).replace("\"\"", "\"") : text;
        }
    }
}
