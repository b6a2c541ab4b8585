package phr.fhir.normalise.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.normalise.Content;

/** How a JSON file is laid out. Looking reads a single document to its end, so a truncated one is refused before any of it is used. */
enum Shape {
    OBJECT,
    ARRAY,
    LINES;

    private static final int LINES_LOOKED_AT = 1000;

    /** @throws phr.fhir.failure.FailureException MALFORMED when the file is neither one JSON document nor lines of them */
    static Shape of(Content content) throws IOException {
        try (InputStream in = content.open();
                JsonParser parser = Json.parser(in)) {
            JsonToken root = parser.nextToken();
            if (root == null || !root.isStructStart()) {
                throw malformed(1);
            }
            return rest(parser, root, content);
        } catch (JsonProcessingException e) {
            return linesOr(
                    malformed(e.getLocation() == null ? 1 : e.getLocation().getLineNr()), content);
        } catch (CharConversionException e) {
            return linesOr(malformed(1), content);
        }
    }

    private static Shape rest(JsonParser parser, JsonToken root, Content content) throws IOException {
        parser.skipChildren();
        if (parser.currentToken() == null) {
            throw malformed(parser.currentLocation().getLineNr());
        }
        int line = parser.currentLocation().getLineNr();
        if (another(parser)) {
            return linesOr(malformed(line), content);
        }
        return root == JsonToken.START_ARRAY ? ARRAY : OBJECT;
    }

    private static Shape linesOr(RuntimeException refusal, Content content) throws IOException {
        if (lines(content)) {
            return LINES;
        }
        throw refusal;
    }

    /** Anything after the first document, well-formed or not. */
    private static boolean another(JsonParser parser) throws IOException {
        try {
            return parser.nextToken() != null;
        } catch (JsonProcessingException e) {
            return true;
        }
    }

    /** Several lines of which at least one is an object by itself and none of those looked at is indented like a part of one. */
    private static boolean lines(Content content) throws IOException {
        int filled = 0;
        boolean object = false;
        try (InputStream in = content.open()) {
            ByteLines lines = new ByteLines(in);
            ByteLines.Line line = lines.next();
            while (line != null && line.number() <= LINES_LOOKED_AT && !(object && filled > 1)) {
                filled += line.blank() ? 0 : 1;
                object |= isObject(line);
                line = lines.next();
            }
        }
        return object && filled > 1;
    }

    private static boolean isObject(ByteLines.Line line) {
        if (line.tooLong() || line.from() == line.to() || line.bytes()[line.from()] != '{') {
            return false;
        }
        try {
            return Json.tree(line.bytes(), line.from(), line.to()).isObject();
        } catch (IOException e) {
            return false;
        }
    }

    private static RuntimeException malformed(int line) {
        return Failure.of(Category.MALFORMED, "JSON-1", "the file is not well-formed JSON", "line " + Math.max(1, line))
                .exception();
    }
}
