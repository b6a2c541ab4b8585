package phr.fhir.normalise.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.json.Pieces;
import phr.fhir.normalise.vendor.measure.Measurements;
import phr.fhir.normalise.vendor.measure.Rows;
import phr.fhir.normalise.vendor.measure.Tally;
import phr.fhir.normalise.vendor.table.Column;
import phr.fhir.normalise.vendor.table.Kind;
import phr.fhir.normalise.vendor.table.Role;
import phr.fhir.text.MyNumber;

/** One JSON file: an array, lines, or an object with lists; each element is of the kind that knows most of its fields. */
final class JsonFile {

    private final List<Kind> kinds;

    JsonFile(List<Kind> kinds) {
        this.kinds = kinds;
    }

    /** Whether a beginning has the fields of a kind. */
    boolean recognises(byte[] head) {
        String text = new String(head, StandardCharsets.UTF_8);
        return kinds.stream()
                .filter(kind -> kind.named(null))
                .anyMatch(kind -> lists(kind).stream().anyMatch(list -> contains(text, list))
                        && kind.columns().stream()
                                .filter(Column::needed)
                                .allMatch(column -> contains(text, last(column))));
    }

    private static String last(Column column) {
        String step = column.path().get(column.path().size() - 1);
        return step.equals("key") || step.equals("value") && column.path().size() == 1 ? "" : step;
    }

    private static boolean contains(String text, String name) {
        return name.isEmpty() || text.contains("\"" + name + "\"");
    }

    /**
     * @param place before the places in findings, empty or {@code entry 3, }
     * @param name of the file, null = not known
     */
    void read(Content content, String place, @Nullable String name, Measurements out) throws IOException {
        List<Kind> named = kinds.stream().filter(kind -> kind.named(name)).toList();
        TreeSet<String> lists = new TreeSet<>();
        named.forEach(kind -> lists.addAll(lists(kind)));
        boolean found = false;
        for (String list : lists) {
            if (!list.isEmpty()) {
                Elements elements = new Elements(of(named, list), place, out, true);
                boolean here = Pieces.read(content, list, list, elements);
                found |= here;
            }
        }
        if (!found) {
            Pieces.read(content, new Elements(of(named, ""), place, out, false));
        }
    }

    /** Where the rows of a kind stand; an empty name = the file itself. */
    private static List<String> lists(Kind kind) {
        return List.of(kind.setting(Role.NAME).split("\\|", -1));
    }

    private static List<Kind> of(List<Kind> kinds, String list) {
        return kinds.stream().filter(kind -> lists(kind).contains(list)).toList();
    }

    /** The elements of one list. */
    private static final class Elements implements Pieces.Reader {

        private final List<Kind> kinds;
        private final List<Rows> mappers = new ArrayList<>();
        private final String place;
        private final Measurements out;
        private final boolean inside;

        /** @param inside only elements of the list count, not what the file has otherwise */
        Elements(List<Kind> kinds, String place, Measurements out, boolean inside) {
            this.kinds = kinds;
            this.place = place;
            this.out = out;
            this.inside = inside;
            kinds.forEach(kind ->
                    mappers.add(Mappers.of(kind, out, kind.setting(Role.ZONE).equals("utc"))));
        }

        @Override
        public void fault(Issue issue) {
            if (!inside) {
                out.file().read();
            }
            out.file().issue(issue);
        }

        @Override
        public void piece(String at, JsonNode piece) {
            boolean element = !at.equals("$") && !at.startsWith("$[") && !at.startsWith("line ");
            if (inside && !element) {
                return;
            }
            String where = place + at;
            if (myNumberIn(piece, ids())) {
                out.file().refuseOriginal(where);
                return;
            }
            boolean known = false;
            Rows best = null;
            int most = 0;
            for (Rows mapper : mappers) {
                if (!mapper.kind().setting(Role.EACH).isEmpty()) {
                    known |= parts(mapper, piece, where);
                    continue;
                }
                int fields = fields(mapper.kind(), new JsonFields(piece, piece, where));
                if (fields > most) {
                    most = fields;
                    best = mapper;
                }
            }
            if (best != null) {
                best.map(new JsonFields(piece, piece, where));
            } else if (!known) {
                out.file().read();
                out.tally().add(Tally.Reason.UNKNOWN_TYPE, "json", where);
            }
        }

        private List<String> ids() {
            return kinds.stream()
                    .map(kind -> kind.column(Role.ID, ""))
                    .filter(Objects::nonNull)
                    .map(column -> column.path().get(column.path().size() - 1))
                    .toList();
        }

        private boolean parts(Rows mapper, JsonNode piece, String where) {
            JsonNode list = piece;
            String each = mapper.kind().setting(Role.EACH);
            for (String step : each.split("\\.")) {
                list = list.path(step);
            }
            List<JsonNode> parts = parts(list);
            for (int i = 0; i < parts.size(); i++) {
                JsonFields row = new JsonFields(parts.get(i), piece, where + "." + each + "[" + i + "]");
                if (fields(mapper.kind(), row) > 0) {
                    mapper.map(row);
                } else {
                    out.tally().add(Tally.Reason.UNKNOWN_TYPE, mapper.kind().type(), row.place());
                }
            }
            return !parts.isEmpty();
        }

        /** Elements of an array; the entries of an object as {@code key} and {@code value}. */
        private static List<JsonNode> parts(JsonNode list) {
            List<JsonNode> parts = new ArrayList<>();
            if (list.isArray()) {
                list.forEach(parts::add);
            } else if (list.isObject()) {
                for (Iterator<Map.Entry<String, JsonNode>> entries = list.fields(); entries.hasNext(); ) {
                    Map.Entry<String, JsonNode> entry = entries.next();
                    parts.add(JsonNodeFactory.instance
                            .objectNode()
                            .put("key", entry.getKey())
                            .set("value", entry.getValue()));
                }
            }
            return parts;
        }

        /** How many columns of the kind are there; 0 when a needed one is missing. */
        private static int fields(Kind kind, JsonFields row) {
            int fields = 0;
            for (Column column : kind.columns()) {
                boolean there = row.has(column);
                if (column.needed() && !there) {
                    return 0;
                }
                fields += there ? 1 : 0;
            }
            return fields;
        }

        private static boolean myNumberIn(JsonNode node, List<String> ids) {
            if (node.isTextual() || node.isIntegralNumber()) {
                return MyNumber.in(node.asText());
            }
            if (node.isObject()) {
                for (Iterator<Map.Entry<String, JsonNode>> entries = node.fields(); entries.hasNext(); ) {
                    Map.Entry<String, JsonNode> entry = entries.next();
                    if (!ids.contains(entry.getKey()) && myNumberIn(entry.getValue(), ids)) {
                        return true;
                    }
                }
                return false;
            }
            for (JsonNode child : node) {
                if (myNumberIn(child, ids)) {
                    return true;
                }
            }
            return false;
        }
    }
}
