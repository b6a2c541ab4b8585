package phr.fhir.normalise.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.io.InputStream;
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
    private static final long LARGEST_OBJECT = 32L * 1024 * 1024;

    /** Takes the pieces. */
    public interface Reader {

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
                    elements(parser, "$", reader);
                    return false;
                }
                if (!list.isEmpty() && seek(parser, list)) {
                    elements(parser, owner, reader);
                    return true;
                }
            }
        }
        whole(content, reader);
        return false;
    }

    private static void whole(Content content, Reader reader) throws IOException {
        if (content.size() > LARGEST_OBJECT) {
            throw Failure.of(Category.TOO_LARGE, "JSON-2", "one JSON object is larger than 32 MiB", "$")
                    .exception();
        }
        try (InputStream in = content.open();
                JsonParser parser = Json.parser(in)) {
            parser.nextToken();
            element(parser, "$", reader);
        }
    }

    private static void lines(ByteLines lines, Reader reader) throws IOException {
        for (ByteLines.Line line = lines.next(); line != null; line = lines.next()) {
            String place = "line " + line.number();
            if (line.tooLong()) {
                reader.fault(Issue.error("too-long", "JSON-4", "the line is longer than 1 MiB", place));
            } else if (!line.blank()) {
                line(line, place, reader);
            }
        }
    }

    private static void line(ByteLines.Line line, String place, Reader reader) {
        JsonNode piece;
        try {
            piece = Json.tree(line.bytes());
        } catch (IOException e) {
            reader.fault(malformed(place));
            return;
        }
        hand(place, piece, reader);
    }

    /** A number such as 1e999999999 is short to write and fills the memory once somebody prints it. */
    private static void hand(String place, JsonNode piece, Reader reader) {
        if (Json.outlandish(piece)) {
            reader.fault(Issue.error("value", "JSON-6", "a number has more digits than a measurement can have", place));
        } else {
            reader.piece(place, piece);
        }
    }

    private static void elements(JsonParser parser, String owner, Reader reader) throws IOException {
        boolean readable = true;
        for (int i = 0; readable && parser.nextToken() != JsonToken.END_ARRAY; i++) {
            readable = element(parser, owner + "[" + i + "]", reader);
        }
    }

    /** False when the parser is lost inside the element, so that nothing after it can be read. */
    private static boolean element(JsonParser parser, String place, Reader reader) {
        TokenBuffer copy;
        try {
            copy = Json.copy(parser);
        } catch (IOException e) {
            reader.fault(Issue.error("too-long", "JSON-5", "a value is too long; nothing after it was read", place));
            return false;
        }
        JsonNode piece;
        try {
            piece = Json.tree(copy);
        } catch (IOException e) {
            reader.fault(malformed(place));
            return true;
        }
        hand(place, piece, reader);
        return true;
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

    private static Issue malformed(String place) {
        return Issue.error("structure", "JSON-3", "not well-formed JSON, or a name is repeated", place);
    }
}
