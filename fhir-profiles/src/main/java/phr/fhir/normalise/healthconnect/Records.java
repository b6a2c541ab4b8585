package phr.fhir.normalise.healthconnect;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.vendor.measure.Measurements;
import phr.fhir.normalise.vendor.measure.RowMapper;
import phr.fhir.normalise.vendor.measure.Tally;
import phr.fhir.normalise.vendor.table.Column;
import phr.fhir.normalise.vendor.table.Kind;
import phr.fhir.normalise.vendor.table.Role;

/** The record tables of a database, row by row; a damaged table does not stop the others. */
final class Records {

    private static final int MOST_NAMES = 10_000;
    private static final Set<String> NAMED = Set.of("app", "device");

    private final Database database;
    private final Measurements out;
    private final Map<String, String> apps = new HashMap<>();
    private final Map<String, String> devices = new HashMap<>();

    Records(Database database, Measurements out) {
        this.database = database;
        this.out = out;
    }

    void read(List<Kind> kinds) {
        Set<String> tables;
        try {
            tables = database.tables();
        } catch (SQLException e) {
            damaged("sqlite_master");
            return;
        }
        names(tables, "application_info_table", "package_name", apps);
        names(tables, "device_info_table", "model", devices);
        Set<String> rest = new TreeSet<>(tables);
        for (Kind kind : kinds) {
            String table = kind.setting(Role.NAME);
            rest.remove(table);
            rest.remove(kind.setting(Role.PARENT));
            if (tables.contains(table)) {
                table(kind, table, tables);
            }
        }
        rest.stream().filter(table -> table.endsWith("_record_table")).forEach(this::unknown);
    }

    private void names(Set<String> tables, String table, String column, Map<String, String> names) {
        try {
            if (!tables.contains(table) || !database.columns(table).containsAll(List.of("row_id", column))) {
                return;
            }
            String sql = "SELECT row_id, " + column + " FROM " + table + " LIMIT " + MOST_NAMES;
            try (Statement statement = database.statement();
                    ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    String name = rows.getString(2);
                    if (name != null && name.length() <= 200) {
                        names.put(String.valueOf(rows.getString(1)), name);
                    }
                }
            }
        } catch (SQLException e) {
            damaged(table);
        }
    }

    private void table(Kind kind, String table, Set<String> tables) {
        long[] row = {0};
        try {
            String parent = kind.setting(Role.PARENT);
            Set<String> own = database.columns(table);
            Set<String> outer = tables.contains(parent) ? database.columns(parent) : Set.of();
            Map<String, String> selected = selected(kind, own, outer);
            for (Column column : kind.columns()) {
                if (column.needed() && !selected.containsKey(key(column))) {
                    out.file()
                            .issue(Issue.warning(
                                    "structure",
                                    "HC-4",
                                    "a column is missing: kept in the original",
                                    "table " + table));
                    return;
                }
            }
            rows(kind, table, sql(selected, table, parent), List.copyOf(selected.keySet()), row);
        } catch (SQLException e) {
            out.file()
                    .issue(Issue.error(
                            "structure",
                            "HC-5",
                            "the table cannot be read on: damaged, or too much work",
                            "table " + table + ", row " + row[0]));
        }
    }

    private static String key(Column column) {
        return (column.outer() ? "^" : "") + column.path().get(0);
    }

    /** What is asked for, by the name that the table of this vendor has for it. */
    private static Map<String, String> selected(Kind kind, Set<String> own, Set<String> outer) {
        Map<String, String> selected = new LinkedHashMap<>();
        for (Column column : kind.columns()) {
            String name = column.path().get(0);
            String stored = NAMED.contains(name) ? name + "_info_id" : name;
            if ((column.outer() ? outer : own).contains(stored)) {
                selected.put(key(column), (column.outer() ? "p." : "s.") + stored);
            }
        }
        return selected;
    }

    private static String sql(Map<String, String> selected, String table, String parent) {
        String from = " FROM " + table + " s";
        String join = parent.isEmpty() ? "" : " JOIN " + parent + " p ON p.row_id = s.parent_key";
        return "SELECT " + String.join(", ", selected.values()) + from + join;
    }

    private void rows(Kind kind, String table, String sql, List<String> keys, long[] count) throws SQLException {
        RowMapper mapper = new RowMapper(kind, out, true);
        try (Statement statement = database.statement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                database.moved();
                count[0]++;
                mapper.map(row(rows, keys, "table " + table + ", row " + count[0]));
            }
        }
    }

    private Row row(ResultSet rows, List<String> keys, String place) throws SQLException {
        Map<String, String> cells = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i);
            String text = key.equals("uuid") ? uuid(rows.getBytes(i + 1)) : rows.getString(i + 1);
            if (text != null) {
                cells.put(key, text);
            }
        }
        name(cells, "app", apps);
        name(cells, "device", devices);
        return new Row(cells, place);
    }

    private static void name(Map<String, String> cells, String what, Map<String, String> names) {
        for (String key : List.of(what, "^" + what)) {
            String id = cells.remove(key);
            String name = id == null ? null : names.get(id);
            if (name != null) {
                cells.put(key, name);
            }
        }
    }

    private static @Nullable String uuid(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length != 16) {
            return null;
        }
        java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(bytes);
        return new java.util.UUID(buffer.getLong(), buffer.getLong()).toString();
    }

    private void unknown(String table) {
        out.tally().add(Tally.Reason.UNKNOWN_TYPE, table, "table " + table);
    }

    private void damaged(String table) {
        out.file()
                .issue(Issue.error(
                        "structure",
                        "HC-5",
                        "the table cannot be read on: damaged, or too much work",
                        "table " + table));
    }

    /** One row with the names of app and device in place of their numbers. */
    private record Row(Map<String, String> cells, String place) implements phr.fhir.normalise.vendor.measure.Fields {

        @Override
        public @Nullable String text(Column column) {
            return cells.get(key(column));
        }
    }
}
