package phr.fhir.guide;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Tables and JSON among the resources of the product. */
final class Rows {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Rows() {}

    /**
     * Rows of a tab-separated table, each by the names of its header line.
     *
     * @param path absolute, as in {@code /phr/fhir/guide/codes.tsv}
     */
    static List<Map<String, String>> named(String path) {
        List<String> lines =
                text(path).lines().filter(line -> !line.startsWith("#")).toList();
        String[] names = lines.get(0).split("\t", -1);
        return lines.stream().skip(1).map(line -> row(names, cells(line))).toList();
    }

    /** Cells of the rows of a table whose header, if any, is a comment. */
    static List<String[]> of(String path) {
        return text(path)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(Rows::cells)
                .toList();
    }

    static JsonNode json(String path) {
        try {
            return JSON.readTree(text(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String[] cells(String line) {
        return line.split("\t", -1);
    }

    private static Map<String, String> row(String[] names, String[] cells) {
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            row.put(names[i], i < cells.length ? cells[i] : "");
        }
        return row;
    }

    private static String text(String path) {
        try (InputStream in = Objects.requireNonNull(Rows.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
