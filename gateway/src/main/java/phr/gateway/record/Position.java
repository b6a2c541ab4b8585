package phr.gateway.record;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The last resource of a page in the order of the store: data time newest first, unknown last, then type and id.
 *
 * @param time start of the data time, null when unknown or unbounded
 */
public record Position(@Nullable Instant time, String type, UUID id) {}
