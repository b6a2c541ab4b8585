package phr.gateway.record;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import phr.fhir.PersonId;

/**
 * Who waits for new data of a person. Told of each batch that is stored, in its transaction and under the person's lock, so that
 * what it writes down is committed with the data, in their order.
 */
public interface Watchers {

    /** Nobody waits. */
    Watchers NONE = (connection, person, idsOf) -> {};

    /**
     * New versions of resources, not deletions. Costs one indexed lookup when nobody waits.
     *
     * @param connection of the transaction that stores
     * @param idsOf the ids stored in this batch of a FHIR type; asked only for types that somebody waits for
     */
    void stored(Connection connection, PersonId person, Function<String, List<UUID>> idsOf) throws SQLException;
}
