package phr.gateway.access;

import java.util.Optional;

/**
 * What a decision at the moment of delivery gave.
 *
 * @param permitted the call; false when the subscriber gets nothing at all by now
 * @param found empty also when nothing that may be delivered was there
 */
public record Delivery<T>(boolean permitted, Optional<T> found) {}
