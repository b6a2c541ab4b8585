package phr.gateway.ingest.upload;

import org.jspecify.annotations.Nullable;
import phr.gateway.caller.Caller;

/**
 * A file on arrival.
 *
 * @param person id by which the caller knows her
 * @param format name of the format the caller insists on
 * @param key by which the caller knows the request again
 */
record Arrival(
        Caller caller,
        String person,
        @Nullable String format,
        @Nullable String key) {}
