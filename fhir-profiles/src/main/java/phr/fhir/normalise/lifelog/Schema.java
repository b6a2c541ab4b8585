package phr.fhir.normalise.lifelog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import phr.fhir.text.TsvTable;

/**
 * One Open mHealth / IEEE 1752.1 schema, {@code schemas.tsv} (lifelog.md §2.5).
 *
 * @param versions versions whose shape is known
 * @param values value elements of the body in the order of §3.1, with the key of what they measure
 * @param doctype first document coding of phr-package.md §3, empty = none
 * @param documentType second document coding, empty = none
 */
record Schema(
        String namespace, String name, Set<String> versions, List<Value> values, String doctype, String documentType) {

    /** A value element. */
    record Value(String element, String metric) {}

    private static final List<Schema> ALL = load();

    static Optional<Schema> of(String namespace, String name) {
        return ALL.stream()
                .filter(schema -> schema.namespace.equals(namespace) && schema.name.equals(name))
                .findFirst();
    }

    /** The source's own name of the type, part of derived keys. */
    String type() {
        return namespace + ":" + name;
    }

    private static List<Schema> load() {
        List<Schema> schemas = new ArrayList<>();
        for (String[] cells : TsvTable.load(Schema.class, "schemas.tsv").rows()) {
            Value value = new Value(cells[3], cells[4]);
            Optional<Schema> known = schemas.stream()
                    .filter(schema -> schema.namespace.equals(cells[0]) && schema.name.equals(cells[1]))
                    .findFirst();
            if (known.isPresent()) {
                known.get().values.add(value);
            } else {
                List<Value> values = new ArrayList<>(List.of(value));
                Set<String> versions = Set.copyOf(Arrays.asList(cells[2].split(" ")));
                schemas.add(new Schema(cells[0], cells[1], versions, values, cells[5], cells[6]));
            }
        }
        return List.copyOf(schemas);
    }
}
