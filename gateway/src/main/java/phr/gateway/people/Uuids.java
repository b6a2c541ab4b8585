package phr.gateway.people;

import java.util.Optional;
import java.util.UUID;

/** Ids from addresses: only the canonical form counts, so one person has one address. */
final class Uuids {

    private Uuids() {}

    static Optional<UUID> parse(String text) {
        if (text.length() != 36) {
            return Optional.empty();
        }
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
