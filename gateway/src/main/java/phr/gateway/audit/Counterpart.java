package phr.gateway.audit;

import org.jspecify.annotations.Nullable;

/**
 * Who received data, as registered at that time (APPI 29: name, address, representative of a corporation).
 *
 * @param role {@code RECIPIENT}, {@code VENDOR} of the application, or {@code PROVIDER} that a package is meant for
 */
public record Counterpart(
        String id,
        String role,
        @Nullable String name,
        @Nullable String address,
        @Nullable String representative,
        @Nullable String country) {

    Counterpart as(String other) {
        return new Counterpart(id, other, name, address, representative, country);
    }
}
