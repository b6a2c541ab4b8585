package phr.gateway.record;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import phr.fhir.PersonId;

/**
 * Who waits for new data of a person. Told of each batch that is stored, in its transaction and under the person's lock, so that
 * what it writes down is committed with the data, in their order.
 */
public interface Watchers {

    /** Nobody waits. */
    Watchers NONE = (connection, person, written) -> {};

    /**
     * New versions of resources, not deletions.
     *
     * @param documents FHIR types of those that are stored one by one
     * @param series numbers of the series of packed samples that have begun, each with its first sample
     * @param idsOf the ids of a FHIR type, packed samples among them; made when asked for
     */
    record Written(Set<String> documents, Map<Integer, UUID> series, Function<String, List<UUID>> idsOf) {}

    /**
     * Costs little when nobody waits.
     *
     * @param connection of the transaction that stores
     */
    void stored(Connection connection, PersonId person, Written written) throws SQLException;

    /** All of them, one after the other. */
    static Watchers all(List<Watchers> each) {
        return (connection, person, written) -> {
            for (Watchers one : each) {
                one.stored(connection, person, written);
            }
        };
    }
}
