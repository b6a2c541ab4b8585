package phr.fhir.jp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table of facts in the resources: UTF-8, tab-separated, one header line, empty field = no value. */
final class TsvTable {

    private final List<String[]> rows;

    private TsvTable(List<String[]> rows) {
        this.rows = rows;
    }

    static TsvTable load(String name) {
        try (InputStream in = TsvTable.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("missing table " + name);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new TsvTable(
                    text.lines().skip(1).map(line -> line.split("\t", -1)).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String[]> rows() {
        return rows;
    }

    static @Nullable String field(String[] row, int column) {
        return row[column].isEmpty() ? null : row[column];
    }
}
