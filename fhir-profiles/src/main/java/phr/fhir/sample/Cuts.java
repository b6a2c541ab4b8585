package phr.fhir.sample;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the JSON of an Observation has what differs from sample to sample.
 *
 * @param cuts in the order of the JSON
 * @param identifierSystem of the first identifier with system and value, whose value is cut; null when there is none
 */
public record Cuts(List<Cut> cuts, @Nullable String identifierSystem) {

    /** What stands at a cut. */
    public enum Part {
        /** {@code Observation.id}. */
        ID,
        IDENTIFIER,
        START,
        END,
        ISSUED,
        NUMBER,
        /** A time of the source's server, {@code meta.lastUpdated}. */
        UPDATED,
        /** A text of a Bundle entry around the resource. */
        AROUND
    }

    /**
     * A text without its quotes, or a number.
     *
     * @param from first byte
     * @param to position behind the last byte
     * @param rank order of numbers: the value, then the components
     */
    public record Cut(Part part, int from, int to, int rank) {}

    public Cuts {
        cuts = List.copyOf(cuts);
    }

    /** The cuts of a well-formed Observation; null when one of its texts is written with an escape. */
    public static @Nullable Cuts observation(byte[] json) {
        return cut(json, false);
    }

    /** The cuts of a Bundle entry that holds an Observation. */
    public static @Nullable Cuts entry(byte[] json) {
        return cut(json, true);
    }

    /** Null when a part is missing. */
    public @Nullable Cut first(Part part) {
        for (Cut cut : cuts) {
            if (cut.part() == part) {
                return cut;
            }
        }
        return null;
    }

    private static @Nullable Cuts cut(byte[] json, boolean entry) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            Walk walk = new Walk(json, parser);
            parser.nextToken();
            if (entry) {
                walk.entry();
            } else {
                walk.observation();
            }
            walk.cuts.sort(Comparator.comparingInt(Cut::from));
            return walk.escaped ? null : new Cuts(walk.cuts, walk.system);
        } catch (IOException e) {
            return null;
        }
    }

    private static final JsonFactory FACTORY = new JsonFactory();

    private static final class Walk {

        private final byte[] json;
        private final JsonParser parser;
        private final List<Cut> cuts = new ArrayList<>();
        private @Nullable String system;
        private boolean escaped;

        Walk(byte[] json, JsonParser parser) {
            this.json = json;
            this.parser = parser;
        }

        /** A field of an object. */
        private interface Field {
            void at(String name) throws IOException;
        }

        private void fields(Field field) throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                return;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                field.at(name);
                parser.skipChildren();
            }
        }

        void entry() throws IOException {
            fields(name -> {
                switch (name) {
                    case "fullUrl" -> text(Part.AROUND);
                    case "resource" -> observation();
                    case "request", "response" ->
                        fields(inner -> {
                            boolean fixed = inner.equals("method") || inner.equals("url") && bare();
                            if (!fixed) {
                                text(Part.AROUND);
                            }
                        });
                    default -> parser.skipChildren();
                }
            });
        }

        /** The address of a type, which does not differ from entry to entry. */
        private boolean bare() throws IOException {
            return "Observation".equals(parser.getValueAsString());
        }

        void observation() throws IOException {
            fields(name -> {
                switch (name) {
                    case "id" -> text(Part.ID);
                    case "identifier" -> identifiers();
                    case "effectiveDateTime" -> text(Part.START);
                    case "effectivePeriod" -> fields(this::period);
                    case "issued" -> text(Part.ISSUED);
                    case "valueQuantity" -> quantity(0);
                    case "component" -> components();
                    case "meta" ->
                        fields(inner -> {
                            if (inner.equals("lastUpdated")) {
                                text(Part.UPDATED);
                            }
                        });
                    default -> parser.skipChildren();
                }
            });
        }

        private void period(String name) throws IOException {
            if (name.equals("start")) {
                text(Part.START);
            } else if (name.equals("end")) {
                text(Part.END);
            }
        }

        private void components() throws IOException {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                return;
            }
            for (int i = 1; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                int rank = i;
                fields(name -> {
                    if (name.equals("valueQuantity")) {
                        quantity(rank);
                    }
                });
            }
        }

        private void quantity(int rank) throws IOException {
            fields(name -> {
                if (name.equals("value") && parser.currentToken().isNumeric()) {
                    int from = (int) parser.currentTokenLocation().getByteOffset();
                    cuts.add(new Cut(Part.NUMBER, from, from + parser.getTextLength(), rank));
                }
            });
        }

        /** The first identifier with system and value is what the source calls the sample (lifelog.md §4). */
        private void identifiers() throws IOException {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                return;
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                String[] named = {"", ""};
                Cut[] value = new Cut[1];
                fields(name -> {
                    boolean text = parser.currentToken() == JsonToken.VALUE_STRING;
                    if (text && name.equals("system")) {
                        named[0] = parser.getText();
                    } else if (text && name.equals("value")) {
                        named[1] = parser.getText();
                        value[0] = here(Part.IDENTIFIER);
                    }
                });
                if (system == null && !named[0].isEmpty() && !named[1].isEmpty()) {
                    system = named[0];
                    add(value[0]);
                }
            }
        }

        private void text(Part part) throws IOException {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                add(here(part));
            }
        }

        private Cut here(Part part) throws IOException {
            int from = (int) parser.currentTokenLocation().getByteOffset() + 1;
            parser.finishToken();
            return new Cut(part, from, (int) parser.currentLocation().getByteOffset() - 1, 0);
        }

        private void add(Cut cut) {
            cuts.add(cut);
            for (int i = cut.from(); i < cut.to(); i++) {
                escaped |= json[i] == '\\';
            }
        }
    }
}
