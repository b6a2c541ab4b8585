package phr.fhir.normalise.vendor.table;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phr.fhir.text.Width;

/**
 * One kind of file of a vendor.
 *
 * @param vendor name of the table, the source store of identifiers
 * @param name within the vendor
 * @param settings of the kind
 * @param columns in the order of the table
 * @param groups names of the groups that have values, in the order of the table
 */
public record Kind(String vendor, String name, Map<Role, String> settings, List<Column> columns, List<String> groups) {

    public Kind {
        settings = Map.copyOf(settings.isEmpty() ? Map.of() : new EnumMap<>(settings));
        columns = List.copyOf(columns);
        groups = List.copyOf(groups);
    }

    public String setting(Role role) {
        return settings.getOrDefault(role, "");
    }

    public boolean readBy(String reader) {
        String written = setting(Role.READER);
        return reader.equals(written.isEmpty() ? "csv" : written);
    }

    /** Whether the rows are records under a consent category, no measurements. */
    public boolean records() {
        return !setting(Role.CATEGORY).isEmpty();
    }

    /** The source's own name of the type, part of derived keys. */
    public String type() {
        return vendor + ":" + name;
    }

    /** Whether files of this name are of this kind; true when the kind does not care. */
    public boolean named(@Nullable String file) {
        String pattern = setting(Role.FILE);
        return pattern.isEmpty() || file != null && Pattern.matches(pattern, file);
    }

    /** The first column with this role among those of the group and of all groups. */
    public @Nullable Column column(Role role, String group) {
        for (Column column : columns) {
            if (column.role() == role
                    && (column.group().isEmpty() || column.group().equals(group))) {
                return column;
            }
        }
        return null;
    }

    /** Columns with this role of exactly this group. */
    public List<Column> columns(Role role, String group) {
        return columns.stream()
                .filter(column -> column.role() == role && column.group().equals(group))
                .toList();
    }

    /** A column name as names are compared: width, case and surrounding blanks do not count. */
    public static String key(String written) {
        return Width.nfkcTrimmed(written).toLowerCase(Locale.ROOT);
    }
}
