package phr.deploy.bench.work;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Copies of the packed samples of some persons under ids of nobody: what others have in the store when it has grown for years. Nobody
 * can read them, for their keys are missing; tables and indexes are as large as if they were written one by one.
 */
final class Copies {

    private static final List<String> TABLES =
            List.of("series_head", "series", "sample_chunk", "sample_run", "sample_index");

    private final Connection connection;
    private final String[] persons;

    Copies(Connection connection, List<String> persons) {
        this.connection = connection;
        this.persons = persons.toArray(String[]::new);
    }

    /** Those from one number to another, both included. */
    void make(int from, int to) throws SQLException {
        Array of = connection.createArrayOf("uuid", persons);
        for (String table : TABLES) {
            // what is fresh would wait for the key of its person
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + table
                    + " SELECT c.* FROM " + table + " t, generate_series(?, ?) k, jsonb_populate_record(t,"
                    + " jsonb_build_object('person_id', md5(t.person_id::text || k)::uuid, 'fresh', false)) c"
                    + " WHERE t.person_id = ANY (?)")) {
                insert.setInt(1, from);
                insert.setInt(2, to);
                insert.setArray(3, of);
                insert.executeUpdate();
            }
        }
    }
}
