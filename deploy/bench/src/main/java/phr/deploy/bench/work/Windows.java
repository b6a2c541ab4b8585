package phr.deploy.bench.work;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;
import phr.deploy.bench.data.HeartRates;

/** Searches for heart rates of a stretch of time, each another one, so that nobody answers from a cache of answers. */
final class Windows {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

    static final String CODE = "code=" + encoded(HeartRates.CODE);

    private final SplittableRandom random;
    private final int minutes;
    private final int length;

    /**
     * @param minutes how long the whole series is
     * @param length of a window, minutes
     */
    Windows(int minutes, int length, long seed) {
        this.minutes = minutes;
        this.length = length;
        this.random = new SplittableRandom(seed);
    }

    /** {@code code=…&date=…&date=…} */
    String next() {
        LocalDateTime from = HeartRates.FIRST.plusMinutes(random.nextInt(minutes - length + 1));
        return CODE + "&date=" + encoded("ge" + written(from)) + "&date="
                + encoded("lt" + written(from.plusMinutes(length)));
    }

    private static String written(LocalDateTime time) {
        return SECONDS.format(time) + "+09:00";
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
