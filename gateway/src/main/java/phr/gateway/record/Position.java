package phr.gateway.record;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The last resource of a page in the order of the query.
 *
 * @param time start of the data time, null when unknown or unbounded; in an order by update the time of the last version
 */
public record Position(@Nullable Instant time, String type, UUID id) {}
