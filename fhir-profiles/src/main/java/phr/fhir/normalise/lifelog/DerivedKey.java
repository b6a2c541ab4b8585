package phr.fhir.normalise.lifelog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import phr.fhir.Sha256;

/** The key of a sample whose source gives it none (lifelog.md §4, derived key). */
public final class DerivedKey {

    public static final String SYSTEM = "urn:phr:derived-key";

    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private DerivedKey() {}

    /**
     * @param type the source's own type name, e.g. {@code omh:blood-pressure}
     * @param values as written, in the order of lifelog.md §3.1
     * @param units as written, in the same order; one when all are equal
     */
    public static String of(
            String type,
            String source,
            String device,
            Instant start,
            @Nullable Instant end,
            List<String> values,
            List<String> units) {
        String text = String.join(
                "\u001f",
                type,
                source,
                device,
                MILLIS.format(start),
                end == null ? "" : MILLIS.format(end),
                String.join("/", values),
                units.stream().distinct().count() == 1 ? units.get(0) : String.join("/", units));
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).hex();
    }
}
