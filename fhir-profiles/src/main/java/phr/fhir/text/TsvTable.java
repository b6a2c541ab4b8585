package phr.fhir.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table of facts among the resources: UTF-8, tab-separated, one header line, an empty cell is no value. Lines that begin with
 * {@code #} are remarks.
 */
public final class TsvTable {

    private final String[] names;
    private final List<String[]> rows;

    private TsvTable(List<String[]> lines) {
        this.names = lines.get(0);
        this.rows = List.copyOf(lines.subList(1, lines.size()));
    }

    /**
     * @param beside a class of the package in which the table lies
     * @param name of the file, or an absolute path as in {@code /phr/fhir/guide/codes.tsv}
     */
    public static TsvTable load(Class<?> beside, String name) {
        try (InputStream in = Objects.requireNonNull(beside.getResourceAsStream(name), name)) {
            return new TsvTable(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cells in the order of the columns. */
    public List<String[]> rows() {
        return rows;
    }

    /** Cells by the names of the header; a cell that a line lacks is empty. */
    public List<Map<String, String>> named() {
        return rows.stream().map(this::named).toList();
    }

    private Map<String, String> named(String[] cells) {
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            row.put(names[i], i < cells.length ? cells[i] : "");
        }
        return row;
    }

    /** The cell, null when it is empty. */
    public static @Nullable String field(String[] row, int column) {
        return row[column].isEmpty() ? null : row[column];
    }
}
