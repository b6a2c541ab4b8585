package phr.gateway.keys;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import phr.fhir.PersonId;

/**
 * A column that is encrypted with the data keys of persons: what the rotation of a key has to write anew.
 *
 * @param key columns of the primary key, of types that compare in the database
 * @param more columns that the context needs besides the key, with their table; {@code t} is this table
 * @param from the table as {@code t}, joined with what says whose the row is
 * @param person column that says it
 * @param batch rows of one transaction
 */
public record SealedColumn(
        String table,
        List<String> key,
        String column,
        List<String> more,
        String from,
        String person,
        int batch,
        Context context) {

    /** Rows of some kilobytes. */
    private static final int SMALL = 500;

    /** What was authenticated with the bytes. */
    public interface Context {
        byte[] of(PersonId person, DataKey key, ResultSet row) throws SQLException;
    }

    /** What a feature has encrypted. */
    public interface Keeper {
        List<SealedColumn> sealed();
    }

    /** A table that names the person in {@code person_id}. */
    public static SealedColumn of(String table, List<String> key, String column, Context context) {
        return new SealedColumn(table, key, column, List.of(), table + " t", "t.person_id", SMALL, context);
    }

    public SealedColumn with(String... columns) {
        return new SealedColumn(table, key, column, List.of(columns), from, person, batch, context);
    }

    /** @param join text behind {@code FROM table t}; {@code p} is the table that names the person in {@code person_id} */
    public SealedColumn through(String join) {
        return new SealedColumn(table, key, column, more, table + " t " + join, "p.person_id", batch, context);
    }

    /** Rows of about a mebibyte. */
    public SealedColumn large() {
        return new SealedColumn(table, key, column, more, from, person, 8, context);
    }

    /** A page of the person's rows: the key, the sealed bytes, what the context needs. */
    public String page(boolean first) {
        String keys = key.stream().map(name -> "t." + name).collect(Collectors.joining(", "));
        String marks = key.stream().map(name -> "?").collect(Collectors.joining(", "));
        String columns =
                Stream.concat(Stream.of(keys, "t." + column), more.stream()).collect(Collectors.joining(", "));
        return "SELECT " + columns + " FROM " + from + " WHERE " + person + " = ?"
                + (first ? "" : " AND (" + keys + ") > (" + marks + ")") + " ORDER BY " + keys + " LIMIT " + batch;
    }

    /** Only what still stands as it was read. */
    public String update() {
        return "UPDATE " + table + " SET " + column + " = ? WHERE " + column + " = ? AND "
                + key.stream().map(name -> name + " = ?").collect(Collectors.joining(" AND "));
    }
}
