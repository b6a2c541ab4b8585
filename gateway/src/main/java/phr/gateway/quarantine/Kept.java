package phr.gateway.quarantine;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Something in quarantine, or released from it by the person.
 *
 * @param id of this entry
 * @param reference {@code Type/id} of the resource; of a series one of its samples
 * @param series it stands for all samples of its series
 * @param since when the error was found
 * @param findings rule and place of each error
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Kept(UUID id, String reference, int version, boolean series, State state, Instant since, List<Fault> findings) {

    /** Who gets it. */
    enum State {
        /** No recipient. */
        QUARANTINED,
        /** Whoever the person permits. */
        RELEASED
    }

    /**
     * One error.
     *
     * @param rule invariant or id of the validator's message
     * @param expression FHIRPath
     */
    record Fault(String rule, String expression, String text) {}
}
