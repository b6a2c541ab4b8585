package phr.gateway.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How often data were given out, to one organisation or under one directive.
 *
 * @param organisation id; null when it is about a directive
 * @param directive id; null when it is about an organisation
 */
public record ReadCount(
        @Nullable String organisation, @Nullable String directive, Instant last, long count) {}
