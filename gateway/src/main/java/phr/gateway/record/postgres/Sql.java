package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A statement in the making. Text comes from literals of this package only; every value is bound. */
final class Sql {

    private final StringBuilder text = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    static Sql of(String part, Object... values) {
        return new Sql().add(part, values);
    }

    /**
     * One row for each of many keys, looked up one by one: of a record that grows fast the database knows too little to see that
     * an index is worth it for all of them at once, and would read the whole record. The caller holds the {@link PersonLock}.
     *
     * @param row the statement up to a column that is unique under its conditions
     * @param keys array of values of that column
     */
    static Sql each(String row, Object keys, Object... bound) {
        return Sql.of("SELECT r.* FROM unnest(?) AS k (key) CROSS JOIN LATERAL (", keys)
                .add(row + " = k.key LIMIT 1) r", bound);
    }

    Sql add(String part, Object... bound) {
        text.append(part);
        values.addAll(List.of(bound));
        return this;
    }

    Sql add(Sql other) {
        text.append(other.text);
        values.addAll(other.values);
        return this;
    }

    /** The parts in brackets, joined. */
    static Sql joined(String operator, List<Sql> parts) {
        return Sql.of("(").add(between(operator, parts)).add(")");
    }

    /** The parts with commas. */
    static Sql list(List<Sql> parts) {
        return between(", ", parts);
    }

    /** The parts with a separator. */
    static Sql between(String separator, List<Sql> parts) {
        Sql all = new Sql();
        for (int i = 0; i < parts.size(); i++) {
            all.add(i == 0 ? "" : separator).add(parts.get(i));
        }
        return all;
    }

    PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text.toString());
        try {
            int index = 1;
            for (Object value : values) {
                bind(connection, statement, index++, value);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static void bind(Connection connection, PreparedStatement statement, int index, Object value)
            throws SQLException {
        if (value instanceof UUID[] ids) {
            statement.setArray(index, connection.createArrayOf("uuid", ids));
        } else if (value instanceof String[] texts) {
            statement.setArray(index, connection.createArrayOf("text", texts));
        } else {
            statement.setObject(index, value);
        }
    }
}
