package phr.fhir.normalise.vendor.table;

import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.lifelog.Metric;
import phr.fhir.normalise.sleep.SleepStage;

/** Reads one vendor table and says where it is wrong. */
final class TableReader {

    private static final String HEADER = "kind\tgroup\tcolumn\trole\tdetail\tunit\tmultiply";
    private static final Set<String> WORDS = Set.of("iso", "epoch-s", "epoch-ms", "era");
    private static final Set<Role> TIMES = Set.of(Role.START, Role.DATE, Role.DAY, Role.MONTH);
    private static final Set<Role> PAIRS =
            Set.of(Role.STAGE, Role.WORKOUT, Role.ITEM, Role.ANSWER, Role.CODE, Role.VACCINE);

    private final String vendor;
    private final List<Issue> faults = new ArrayList<>();
    private final Map<String, Map<Role, String>> settings = new LinkedHashMap<>();
    private final Map<String, List<Column>> columns = new LinkedHashMap<>();
    private final Map<String, Integer> begins = new HashMap<>();

    TableReader(String vendor) {
        this.vendor = vendor;
    }

    List<Issue> faults() {
        return faults;
    }

    List<Kind> read(String text) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            fault(1, "the header line must be kind, group, column, role, detail, unit, multiply");
            return List.of();
        }
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank() && !line.startsWith("#")) {
                row(i + 1, line.split("\t", -1));
            }
        }
        Set<String> names = new LinkedHashSet<>(columns.keySet());
        names.addAll(settings.keySet());
        return names.stream()
                .map(name -> kind(name, columns.getOrDefault(name, List.of())))
                .toList();
    }

    private Kind kind(String name, List<Column> all) {
        int begin = begins.getOrDefault(name, 1);
        Set<String> groups = new LinkedHashSet<>();
        boolean timed = false;
        for (Column column : all) {
            if (column.role().result()) {
                groups.add(column.group());
            }
            timed |= TIMES.contains(column.role());
        }
        Kind kind = new Kind(vendor, name, settings.getOrDefault(name, Map.of()), all, List.copyOf(groups));
        if (!kind.records() && (groups.isEmpty() || !timed)) {
            fault(begin, "a kind needs a time and a value: " + name);
        }
        RecordRules.faults(kind, timed).forEach(fault -> fault(begin, fault + name));
        return kind;
    }

    private void row(int line, String[] cells) {
        if (cells.length < 4 || cells.length > 7) {
            fault(line, "a row has four to seven cells");
            return;
        }
        String[] row = Arrays.copyOf(cells, 7);
        for (int i = cells.length; i < 7; i++) {
            row[i] = "";
        }
        begins.putIfAbsent(row[0], line);
        boolean optional = row[3].endsWith("?");
        Role role = Role.parse(optional ? row[3].substring(0, row[3].length() - 1) : row[3]);
        if (role == null) {
            fault(line, "an unknown role");
        } else if (row[0].isEmpty() || row[2].isEmpty()) {
            fault(line, "kind and column must not be empty");
        } else if (role.setting()) {
            setting(line, role, row);
        } else {
            column(line, role, optional, row);
        }
    }

    private void setting(int line, Role role, String[] row) {
        try {
            if (role == Role.FILE) {
                Pattern.compile(row[4]);
            } else if (role == Role.DAY_START) {
                LocalTime.parse(row[4]);
            }
        } catch (PatternSyntaxException | DateTimeParseException e) {
            fault(line, "the detail is no pattern or no time");
        }
        boolean unknown = !RecordRules.known(role, row[4])
                || role == Role.READER
                        && !Set.of("csv", "json", "xml", "sqlite", "fit").contains(row[4])
                || role == Role.ZONE && !Set.of("utc", "local", "probe").contains(row[4]);
        String before = settings.computeIfAbsent(row[0], name -> new EnumMap<>(Role.class))
                .put(role, row[4]);
        if (unknown || before != null) {
            fault(line, "an unknown word, or a setting made twice");
        }
    }

    private void column(int line, Role role, boolean optional, String[] row) {
        List<Column> all = columns.computeIfAbsent(row[0], name -> new ArrayList<>());
        List<String> names = Arrays.stream(row[2].split("\\|")).map(Kind::key).toList();
        boolean metric = role == Role.VALUE;
        if (metric && !row[4].equals("glucose") && !Metric.known(row[4])) {
            fault(line, "an unknown metric");
        }
        BigDecimal multiply = BigDecimal.ONE;
        try {
            multiply = row[6].isEmpty() ? multiply : new BigDecimal(row[6]);
        } catch (NumberFormatException e) {
            fault(line, "the factor is no number");
        }
        Map<String, String> details = metric ? Map.of() : details(line, role, row[4]);
        String fault = RecordRules.fault(role, details, row[5]);
        if (!fault.isEmpty()) {
            fault(line, fault);
        }
        all.add(new Column(
                all.size(),
                row[1],
                names,
                path(row[2].startsWith("^") ? row[2].substring(1) : row[2]),
                role,
                details,
                metric ? row[4] : "",
                row[5],
                multiply,
                role.tells() && !optional));
    }

    /** Steps of XML are separated by slashes, those of JSON by dots. */
    private static List<String> path(String written) {
        return Arrays.asList(written.split(written.contains("/") ? "/" : "\\."));
    }

    /** {@code a|b} or {@code a=x|b=y}; formats are checked here, so that a wrong one is found at the start. */
    private Map<String, String> details(int line, Role role, String written) {
        Map<String, String> details = new LinkedHashMap<>();
        if (written.isEmpty()) {
            return details;
        }
        for (String detail : written.split("\\|")) {
            int equals = PAIRS.contains(role) ? detail.indexOf('=') : -1;
            details.put(
                    equals < 0 ? detail : detail.substring(0, equals), equals < 0 ? "" : detail.substring(equals + 1));
        }
        if (role == Role.STAGE && !details.values().stream().allMatch(TableReader::stage)) {
            fault(line, "a stage is code=stage with a stage of the HL7 PHR guide");
        }
        if (Set.of(Role.START, Role.END, Role.DATE, Role.TIME, Role.DAY, Role.RECORDED, Role.MONTH, Role.BORN)
                        .contains(role)
                && !details.keySet().stream().allMatch(TableReader::format)) {
            fault(line, "an unknown format of dates");
        }
        return details;
    }

    private static boolean stage(String name) {
        return name.equals("-")
                || Arrays.stream(SleepStage.values())
                        .anyMatch(stage -> stage.code().equals(name));
    }

    private static boolean format(String written) {
        try {
            return WORDS.contains(written)
                    || !DateTimeFormatter.ofPattern(written, Locale.ROOT)
                            .toString()
                            .isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void fault(int line, String text) {
        faults.add(Issue.error("structure", "VND-T", text, "line " + line));
    }
}
