package phr.fhir.normalise.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Content;

/**
 * Hands over the pieces of a JSON file one by one: the file itself, the elements of its array, its lines, or the elements of a
 * named list inside its one object ({@code entry} of a Bundle). Memory holds one piece at a time.
 */
public final class Pieces {

    /** A single object larger than this is not read into memory. */
    static final int LARGEST_OBJECT = 32 * 1024 * 1024;

    private static final int MOST_OF_HEAD = 100;

    private static final int LONGEST_OF_HEAD = 2000;

    /** Takes the pieces. */
    public interface Reader {

        /**
         * The bytes of the next piece, before anybody has looked into them. They stay until the piece or its fault has been
         * handed over.
         *
         * @param place as below, asked for when needed
         * @return true when nothing more is to be done about the piece
         */
        default boolean known(byte[] bytes, int from, int to, Supplier<String> place) {
            return false;
        }

        /**
         * @param place {@code line 17}, {@code $[3]}, {@code $} or {@code Bundle.entry[3]}
         */
        void piece(String place, JsonNode piece);

        /** One piece cannot be read; the others go on. */
        void fault(Issue issue);
    }

    private Pieces() {}

    /**
     * Reads a file whose pieces are whole documents.
     *
     * @throws phr.fhir.failure.FailureException when the file as a whole is no JSON, or one object too large
     */
    public static void read(Content content, Reader reader) throws IOException {
        read(content, "", "", reader);
    }

    /**
     * The same, but an object that has the list is not a piece itself: the elements of the list are.
     *
     * @param list name of the list; empty = none
     * @param owner what its elements are called in places, e.g. {@code Bundle.entry}
     * @return whether the list was found
     */
    public static boolean read(Content content, String list, String owner, Reader reader) throws IOException {
        Shape shape = Shape.of(content);
        try (InputStream in = content.open()) {
            if (shape == Shape.LINES) {
                lines(new ByteLines(in), reader);
                return false;
            }
            try (JsonParser parser = Json.parser(in)) {
                parser.nextToken();
                if (shape == Shape.ARRAY) {
                    elements(content, parser, "$", reader);
                    return false;
                }
                if (!list.isEmpty() && seek(parser, list)) {
                    elements(content, parser, owner, reader);
                    return true;
                }
            }
        }
        whole(content, reader);
        return false;
    }

    /**
     * The elements of the list of one object that is known to be well-formed to its end.
     *
     * @return whether the list was found
     */
    public static boolean elements(Content content, String list, String owner, Reader reader) throws IOException {
        try (InputStream in = content.open();
                JsonParser parser = Json.parser(in)) {
            parser.nextToken();
            if (!seek(parser, list)) {
                return false;
            }
            elements(content, parser, owner, reader);
            return true;
        }
    }

    /**
     * What the root object says beside its lists: its texts and numbers, those of its objects as {@code object.name}. Empty for
     * lines and arrays; of a file that is no JSON what stands before the fault.
     */
    public static Map<String, String> head(Content content) throws IOException {
        Map<String, String> head = new HashMap<>();
        try (InputStream in = content.open();
                JsonParser parser = Json.parser(in)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                scalars(parser, "", head);
            }
        } catch (JsonProcessingException | CharConversionException e) {
            return head;
        }
        return head;
    }

    /** Reads to the end of the object whose beginning the parser has just read. */
    private static void scalars(JsonParser parser, String owner, Map<String, String> head) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = owner + parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_OBJECT && owner.isEmpty()) {
                scalars(parser, name + ".", head);
            } else if (value != null && value.isScalarValue()) {
                keep(head, name, parser.getText());
            } else {
                parser.skipChildren();
            }
        }
    }

    private static void keep(Map<String, String> head, String name, String text) {
        if (head.size() < MOST_OF_HEAD && name.length() + text.length() < LONGEST_OF_HEAD) {
            head.put(name, text);
        }
    }

    private static void whole(Content content, Reader reader) throws IOException {
        if (content.size() > LARGEST_OBJECT) {
            throw Failure.of(Category.TOO_LARGE, "JSON-2", "one JSON object is larger than 32 MiB", "$")
                    .exception();
        }
        try (InputStream in = content.open()) {
            byte[] bytes = in.readAllBytes();
            look(bytes, 0, bytes.length, () -> "$", reader);
        }
    }

    private static void lines(ByteLines lines, Reader reader) throws IOException {
        Numbering places = new Numbering("line ", "");
        for (ByteLines.Line line = lines.next(); line != null; line = lines.next()) {
            Supplier<String> place = places.at(line.number());
            if (line.tooLong()) {
                reader.fault(Issue.error("too-long", "JSON-4", "the line is longer than 1 MiB", place.get()));
            } else if (!line.blank()) {
                look(line.bytes(), line.from(), line.to(), place, reader);
            }
        }
    }

    private static void look(byte[] bytes, int from, int to, Supplier<String> place, Reader reader) {
        if (reader.known(bytes, from, to, place)) {
            return;
        }
        JsonNode piece;
        try {
            piece = Json.tree(bytes, from, to);
        } catch (IOException e) {
            reader.fault(
                    Issue.error("structure", "JSON-3", "not well-formed JSON, or a name is repeated", place.get()));
            return;
        }
        hand(place.get(), piece, reader);
    }

    /** A number such as 1e999999999 is short to write and fills the memory once somebody prints it. */
    private static void hand(String place, JsonNode piece, Reader reader) {
        if (Json.outlandish(piece)) {
            reader.fault(Issue.error("value", "JSON-6", "a number has more digits than a measurement can have", place));
        } else {
            reader.piece(place, piece);
        }
    }

    /** The parser has just read the beginning of the list; what follows is known to be well-formed. */
    private static void elements(Content content, JsonParser parser, String owner, Reader reader) throws IOException {
        try (InputStream in = content.open()) {
            in.skipNBytes(parser.currentLocation().getByteOffset());
            ByteElements elements = new ByteElements(in);
            Numbering places = new Numbering(owner + "[", "]");
            for (int i = 0; elements.next(); i++) {
                Supplier<String> place = places.at(i);
                if (elements.tooLong()) {
                    reader.fault(Issue.error(
                            "too-long", "JSON-5", "a value is too long; nothing after it was read", place.get()));
                    return;
                }
                look(elements.bytes(), elements.from(), elements.to(), place, reader);
            }
        }
    }

    /** Moves to the start of the list among the fields of the root object. */
    private static boolean seek(JsonParser parser, String list) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = parser.currentName().equals(list);
            if (parser.nextToken() == JsonToken.START_ARRAY && wanted) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }
}
