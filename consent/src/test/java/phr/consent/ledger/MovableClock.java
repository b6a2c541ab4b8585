package phr.consent.ledger;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that a test can set forward; it ticks like the machine's. */
@Singleton
public class MovableClock extends Clock {

    private static volatile Duration ahead = Duration.ZERO;

    /** From now on it is this time. */
    public static void set(Instant instant) {
        ahead = Duration.between(Clock.systemUTC().instant(), instant);
    }

    /** The machine's time again. */
    public static void reset() {
        ahead = Duration.ZERO;
    }

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
