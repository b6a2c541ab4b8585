package phr.portability.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@link JsonObject} trees. */
public final class Json {

    /** The value {@code null}. */
    public static final Object NULL = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };

    private static final int DEPTH = 100;
    private static final int STRING = 8 << 20;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxStringLength(STRING)
                    .build())
            .build();

    private Json() {}

    /**
     * Reads one object and nothing after it.
     *
     * @throws MalformedJsonException when it is anything else, a name occurs twice, or it is nested more than 100 deep
     */
    public static JsonObject parse(byte[] utf8) throws MalformedJsonException {
        try (JsonParser parser = FACTORY.createParser(utf8)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedJsonException("not a JSON object");
            }
            JsonObject object = object(parser);
            if (parser.nextToken() != null) {
                throw new MalformedJsonException("more than one JSON value");
            }
            return object;
        } catch (IOException e) {
            throw new MalformedJsonException("not JSON, or nested too deeply");
        }
    }

    /** In the order of the tree, without white space. */
    public static byte[] write(JsonObject object) {
        StringBuilder out = new StringBuilder(512);
        append(out, object, false);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** RFC 8785, except that numbers keep their written form. */
    public static byte[] canonical(JsonObject object) {
        StringBuilder out = new StringBuilder(512);
        append(out, object, true);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonObject object(JsonParser parser) throws IOException {
        JsonObject object = new JsonObject();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            object.put(name, value(parser));
        }
        return object;
    }

    private static Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getText());
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> NULL;
        };
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return items;
    }

    private static void append(StringBuilder out, Object value, boolean canonical) {
        if (value instanceof JsonObject object) {
            appendObject(out, canonical ? new TreeMap<>(object.members()) : object.members(), canonical);
        } else if (value instanceof List<?> list) {
            out.append('[');
            String comma = "";
            for (@Nullable Object item : list) {
                out.append(comma);
                append(out, item == null ? NULL : item, canonical);
                comma = ",";
            }
            out.append(']');
        } else if (value instanceof String text) {
            appendString(out, text);
        } else if (value instanceof JsonNumber number) {
            out.append(number.text());
        } else {
            out.append(value);
        }
    }

    private static void appendObject(StringBuilder out, Map<String, Object> members, boolean canonical) {
        out.append('{');
        String comma = "";
        for (Map.Entry<String, Object> member : members.entrySet()) {
            out.append(comma);
            appendString(out, member.getKey());
            out.append(':');
            append(out, member.getValue(), canonical);
            comma = ",";
        }
        out.append('}');
    }

    private static void appendString(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            appendCharacter(out, text.charAt(i));
        }
        out.append('"');
    }

    private static void appendCharacter(StringBuilder out, char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default -> {
                if (c < 0x20) {
                    out.append("\\u00").append(c < 0x10 ? "0" : "1").append(Character.forDigit(c & 0xf, 16));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
