package phr.portability;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of a consent directive that travels with the record (phr-package.md §6.4, §8.6).
 *
 * @param effect {@code PERMIT} or {@code DENY}
 * @param state at the time of the export, e.g. {@code ACTIVE} (consent-semantics.md §10.1)
 * @param validFrom inclusive, null = unbounded
 * @param validTo exclusive, null = unbounded
 * @param json one line: the native form of consent-semantics.md §16.4 in UTF-8, with {@code id}, {@code version}, {@code
 *     effect}, {@code state} and, when there are any, {@code events}
 */
public record TravellingDirective(
        String id,
        int version,
        String effect,
        String state,
        @Nullable Instant validFrom,
        @Nullable Instant validTo,
        byte[] json) {}
