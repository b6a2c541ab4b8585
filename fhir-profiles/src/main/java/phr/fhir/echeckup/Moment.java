package phr.fhir.echeckup;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times of the document, always with their zone. */
final class Moment {

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT);

    private final OffsetDateTime time;

    Moment(Instant instant) {
        this.time = instant.truncatedTo(ChronoUnit.MILLIS).atZone(TOKYO).toOffsetDateTime();
    }

    String seconds() {
        return SECONDS.format(time);
    }

    String millis() {
        return MILLIS.format(time);
    }

    int year() {
        return time.getYear();
    }
}
