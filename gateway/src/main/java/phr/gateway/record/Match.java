package phr.gateway.record;

import java.util.UUID;

/**
 * A resource that a search found, as the caller gets it.
 *
 * @param json complete, obligations fulfilled, with the id of the person that the caller knows
 */
public record Match(String type, UUID id, byte[] json) {}
