package phr.gateway;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** The clock of the gateway under test: the machine's, unless a test moves it ahead. Whoever moves it puts it back. */
public final class MovableClock extends Clock {

    private static final AtomicReference<Duration> AHEAD = new AtomicReference<>(Duration.ZERO);

    private MovableClock() {}

    public static void ahead(Duration duration) {
        AHEAD.set(duration);
    }

    /** From now on it is this time. */
    public static void set(Instant instant) {
        ahead(Duration.between(Clock.systemUTC().instant(), instant));
    }

    public static void back() {
        AHEAD.set(Duration.ZERO);
    }

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plus(AHEAD.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(instant(), zone);
    }

    /** Stands in for the wall clock in every test of the module. */
    static final class Production {

        private Production() {}

        @Produces
        @Singleton
        @Alternative
        @Priority(1)
        static Clock clock() {
            return new MovableClock();
        }
    }
}
