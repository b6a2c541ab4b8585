package phr.gateway.withdrawals;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A deletion request that came in.
 *
 * @param id of its DocumentReference
 * @param category 報告区分 of the request
 * @param date of the checkup that it names; missing when it names none
 * @param reports DocumentReferences of the reports it is about; none: nothing in the record matches
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Withdrawal(UUID id, String category, @Nullable String date, State state, List<UUID> reports) {

    /** What the person has said. */
    enum State {
        OPEN,
        /** The results are deleted. */
        WITHDRAWN,
        /** They stay. */
        KEPT
    }
}
