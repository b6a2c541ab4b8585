package phr.fhir.normalise.vendor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.vendor.table.Column;
import phr.fhir.normalise.vendor.table.Kind;
import phr.fhir.normalise.vendor.table.Role;

/**
 * Where the columns of a kind stand in a file.
 *
 * @param index by the column's ordinal, negative = not there
 * @param unknown names of the columns that the table does not have
 * @param texts positions whose text is looked at for what must not be stored
 * @param width number of columns
 */
record CsvHeader(Kind kind, int[] index, List<String> unknown, int[] texts, int width) {

    private static final Set<Role> NO_TEXT =
            Set.of(Role.START, Role.END, Role.ID, Role.RECORDED, Role.DATE, Role.TIME, Role.DAY);

    /**
     * The kind that knows most of the columns.
     *
     * @param marker what the file calls itself in its first cell
     * @param name of the file, null = not known
     * @return null when it is the header of no kind
     */
    static @Nullable CsvHeader of(List<Kind> kinds, List<String> cells, String marker, @Nullable String name) {
        if (cells.size() < 2) {
            return null;
        }
        CsvHeader best = null;
        int most = 0;
        for (Kind kind : kinds) {
            String wanted = kind.setting(Role.NAME);
            if (kind.named(name) && (wanted.isEmpty() || wanted.equals(marker))) {
                CsvHeader header = bound(kind, cells);
                int known = header == null ? 0 : header.known();
                if (known > most) {
                    best = header;
                    most = known;
                }
            }
        }
        return best;
    }

    private int known() {
        return (int) Arrays.stream(index).filter(position -> position >= 0).count();
    }

    private static @Nullable CsvHeader bound(Kind kind, List<String> cells) {
        Map<String, Integer> positions = new HashMap<>();
        String prefix = kind.setting(Role.PREFIX);
        for (int i = cells.size() - 1; i >= 0; i--) {
            positions.put(name(cells.get(i), prefix), i);
        }
        int[] index = new int[kind.columns().size()];
        Set<Integer> found = new HashSet<>();
        Set<Integer> quiet = new HashSet<>();
        for (Column column : kind.columns()) {
            int at = column.names().stream()
                    .map(positions::get)
                    .filter(position -> position != null)
                    .findFirst()
                    .orElse(-1);
            if (at < 0 && column.needed()) {
                return null;
            }
            index[column.ordinal()] = at;
            found.add(at);
            if (NO_TEXT.contains(column.role())) {
                quiet.add(at);
            }
        }
        List<String> unknown = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            if (!found.contains(i) && !cells.get(i).isBlank()) {
                unknown.add(name(cells.get(i), prefix));
            }
        }
        int[] texts = java.util.stream.IntStream.range(0, cells.size())
                .filter(at -> !quiet.contains(at))
                .toArray();
        return new CsvHeader(kind, index, List.copyOf(unknown), texts, cells.size());
    }

    private static String name(String cell, String prefix) {
        String key = Kind.key(cell.startsWith("\uFEFF") ? cell.substring(1) : cell);
        return !prefix.isEmpty() && key.startsWith(prefix) ? key.substring(key.lastIndexOf('.') + 1) : key;
    }
}
