package phr.gateway.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import phr.fhir.PersonId;
import phr.gateway.database.GroupCommit;

/**
 * Writes links of chains, for requests that wait at the same time in one transaction.
 *
 * @param <T> what is to be written
 * @param <E> the link of a chain that it becomes
 */
abstract class ChainWriter<T, E> {

    private static final int MOST = 256;

    private static final int PERSONS = 10_000;

    private final AuditDatabase database;
    private final GroupCommit<T, E> group;

    /** Where chains ended when they were last written here; for who has the turn. */
    private final Map<PersonId, AuditSql.Tip> ends = new LinkedHashMap<>(16, 0.75f, true);

    ChainWriter(AuditDatabase database) {
        this.database = database;
        this.group = new GroupCommit<>(MOST, this::write, failure -> false, () -> AuditDatabase.unavailable()
                .exception());
    }

    /** Whose chain it is. */
    abstract PersonId person(T item);

    /** Makes the link that follows an end. */
    abstract BiFunction<T, AuditSql.Tip, E> links(Connection connection, List<T> batch) throws SQLException;

    /** Where a chain ends with this link. */
    abstract AuditSql.Tip tip(E link);

    /** False when a chain ends otherwise than its first link says; then not all of it is written. */
    abstract boolean append(Connection connection, List<E> links) throws SQLException;

    /** Where chains end, which nobody else can move before the transaction ends. */
    abstract Map<PersonId, AuditSql.Tip> locked(Connection connection, Collection<PersonId> persons)
            throws SQLException;

    /** @throws phr.fhir.failure.FailureException UNAVAILABLE when it cannot be written */
    E write(T item) {
        return group.write(item);
    }

    private List<E> write(List<T> batch) {
        List<E> links = durable(batch);
        for (int i = 0; i < batch.size(); i++) {
            remember(person(batch.get(i)), tip(links.get(i)));
        }
        return links;
    }

    private void remember(PersonId person, AuditSql.Tip tip) {
        ends.put(person, tip);
        if (ends.size() > PERSONS) {
            ends.remove(ends.keySet().iterator().next());
        }
    }

    /** Where a chain ends is remembered; when somebody else has gone on with it, it is asked for and locked. */
    private List<E> durable(List<T> batch) {
        Set<PersonId> persons = batch.stream().map(this::person).collect(Collectors.toSet());
        if (ends.keySet().containsAll(persons)) {
            List<E> links = batch.size() == 1
                    ? database.inStatement(connection -> following(connection, batch, ends))
                    : database.inTransaction(connection -> allOrNothing(connection, batch));
            if (!links.isEmpty()) {
                return links;
            }
        }
        return database.inTransaction(connection -> following(connection, batch, locked(connection, persons)));
    }

    private List<E> allOrNothing(Connection connection, List<T> batch) throws SQLException {
        List<E> links = following(connection, batch, ends);
        if (links.isEmpty()) {
            connection.rollback();
        }
        return links;
    }

    /** In the order of the batch; empty when one of the chains ends otherwise. */
    private List<E> following(Connection connection, List<T> batch, Map<PersonId, AuditSql.Tip> tips)
            throws SQLException {
        BiFunction<T, AuditSql.Tip, E> next = links(connection, batch);
        Map<PersonId, AuditSql.Tip> moved = new HashMap<>();
        List<E> links = new ArrayList<>();
        for (T item : batch) {
            PersonId person = person(item);
            E link = next.apply(item, moved.getOrDefault(person, tips.getOrDefault(person, AuditSql.Tip.NONE)));
            moved.put(person, tip(link));
            links.add(link);
        }
        return append(connection, links) ? links : List.of();
    }
}
