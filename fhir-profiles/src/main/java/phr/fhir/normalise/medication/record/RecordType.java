package phr.fhir.normalise.medication.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import phr.fhir.text.TsvTable;

/**
 * A kind of record, {@code records.tsv} and {@code fields.tsv} (medication-notebook.md §4).
 *
 * @param number as written in the line
 * @param part {@code head}, {@code block} or {@code tail}
 * @param order of the parts (S-1)
 * @param since first header number that has it
 */
record RecordType(String number, String japanese, String part, int order, int since, List<FieldType> fields) {

    private static final Map<String, RecordType> TYPES = load();

    static Optional<RecordType> find(String number) {
        return Optional.ofNullable(TYPES.get(number));
    }

    private static Map<String, RecordType> load() {
        Map<String, List<FieldType>> fields = new HashMap<>();
        for (String[] row : TsvTable.load(RecordType.class, "fields.tsv").rows()) {
            int since = row[6].isEmpty() ? 1 : Integer.parseInt(row[6]);
            fields.computeIfAbsent(row[0], key -> new ArrayList<>())
                    .add(new FieldType(Integer.parseInt(row[1]), row[2], row[3], row[4].equals("yes"), row[5], since));
        }
        Map<String, RecordType> types = new HashMap<>();
        for (String[] row : TsvTable.load(RecordType.class, "records.tsv").rows()) {
            List<FieldType> own = List.copyOf(fields.getOrDefault(row[0], List.of()));
            types.put(
                    row[0],
                    new RecordType(row[0], row[1], row[2], Integer.parseInt(row[3]), Integer.parseInt(row[4]), own));
        }
        return types;
    }

    boolean inBlock() {
        return part.equals("block");
    }
}
