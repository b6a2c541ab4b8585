package phr.gateway.erasure;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;

/** What the database holds of a person, past everything that could hide it. */
@Singleton
class Rows {

    private final DataSource database;

    Rows(DataSource database) {
        this.database = database;
    }

    /** Rows of hers, by table, in tables that must hold none. */
    Map<String, Long> of(String person) throws SQLException {
        Map<String, Long> left = new TreeMap<>();
        TreeSet<String> tables = new TreeSet<>(ErasedTables.WITH_ANOTHER);
        tables.addAll(ErasedTables.ABOUT_NOBODY);
        ErasedTables.ERASED.forEach(table -> tables.add(table.table()));
        for (String table : tables) {
            long rows = count(
                    "select count(*) from " + table + " t where to_jsonb(t)::text like '%' || ?::text || '%'", person);
            if (rows > 0) {
                left.put(table, rows);
            }
        }
        return left;
    }

    long count(String sql, String person) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, UUID.fromString(person));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** All tables but partitions. */
    TreeSet<String> tables() throws SQLException {
        TreeSet<String> tables = new TreeSet<>();
        try (Connection connection = database.getConnection();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("select relname from pg_class where relkind in ('r', 'p')"
                        + " and not relispartition and relnamespace = 'public'::regnamespace")) {
            while (row.next()) {
                tables.add(row.getString(1));
            }
        }
        return tables;
    }

    boolean refuses(String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return false;
        } catch (SQLException e) {
            return true;
        }
    }
}
