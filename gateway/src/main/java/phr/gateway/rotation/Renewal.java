package phr.gateway.rotation;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKey;
import phr.gateway.keys.DataKeys;
import phr.gateway.keys.SealedColumn;
import phr.gateway.record.postgres.PersonLock;
import phr.gateway.rotation.KeyRotations.Rotation;

/**
 * Writes everything of a person anew that is not under her newest key, in transactions of bounded size between which others write
 * and read. It can be cut off at any point: what is done is found done.
 */
@Singleton
class Renewal {

    private final KeyRotations rotations;
    private final DataKeys keys;
    private final List<SealedColumn> columns;

    @Inject
    Renewal(KeyRotations rotations, DataKeys keys, Instance<SealedColumn.Keeper> keepers) {
        this(
                rotations,
                keys,
                keepers.stream().flatMap(keeper -> keeper.sealed().stream()).toList());
    }

    Renewal(KeyRotations rotations, DataKeys keys, List<SealedColumn> columns) {
        this.rotations = rotations;
        this.keys = keys;
        this.columns = List.copyOf(columns);
    }

    List<SealedColumn> columns() {
        return columns;
    }

    /** A page of rows, and where it ended; null behind the last. */
    private record Page(int written, @Nullable List<Object> last) {}

    /** A row as it must become. */
    private record Renewed(List<Object> key, byte[] old, byte[] box) {}

    /** The older keys go when a whole pass has found nothing under them. */
    void complete(Rotation rotation) {
        int written = 1;
        while (written > 0) {
            written = 0;
            for (SealedColumn column : columns) {
                written += renew(rotation.person(), column);
            }
        }
        rotations.finish(rotation);
    }

    private int renew(PersonId person, SealedColumn column) {
        int written = 0;
        List<Object> after = null;
        do {
            List<Object> start = after;
            Page page = rotations.transaction(connection -> page(connection, person, column, start));
            written += page.written();
            after = page.last();
        } while (after != null);
        return written;
    }

    private Page page(Connection connection, PersonId person, SealedColumn column, @Nullable List<Object> after)
            throws SQLException {
        PersonLock.take(connection, person);
        Optional<DataKey> key = keys.find(connection, person);
        if (key.isEmpty()) {
            return new Page(0, null);
        }
        List<Renewed> renewed = new ArrayList<>();
        List<Object> last = null;
        int rows = 0;
        try (PreparedStatement select = connection.prepareStatement(column.page(after == null))) {
            select.setObject(1, person.value());
            bind(select, 2, after == null ? List.of() : after);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows++;
                    last = key(row, column);
                    renewed(person, key.get(), column, row, last).ifPresent(renewed::add);
                }
            }
        }
        return new Page(write(connection, column, renewed), rows < column.batch() ? null : last);
    }

    private static Optional<Renewed> renewed(
            PersonId person, DataKey key, SealedColumn column, ResultSet row, List<Object> at) throws SQLException {
        byte[] box = row.getBytes(column.column());
        return box == null
                ? Optional.empty()
                : key.renewed(box, column.context().of(person, key, row)).map(anew -> new Renewed(at, box, anew));
    }

    private static List<Object> key(ResultSet row, SealedColumn column) throws SQLException {
        List<Object> key = new ArrayList<>();
        for (String name : column.key()) {
            key.add(row.getObject(name));
        }
        return key;
    }

    private static int write(Connection connection, SealedColumn column, List<Renewed> rows) throws SQLException {
        int written = 0;
        try (PreparedStatement update = connection.prepareStatement(column.update())) {
            for (Renewed row : rows) {
                update.setBytes(1, row.box());
                update.setBytes(2, row.old());
                bind(update, 3, row.key());
                written += update.executeUpdate();
            }
        }
        return written;
    }

    private static void bind(PreparedStatement statement, int from, List<Object> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(from + i, values.get(i));
        }
    }
}
