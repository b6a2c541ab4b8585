package phr.fhir.sample;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The shapes of a file: equal ones are one object, as long as they are among the last used. Not thread-safe. */
public final class Shapes {

    private static final int MOST = 256;

    private final Map<ByteBuffer, Shape> shapes = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Shape> eldest) {
            return size() > MOST;
        }
    };

    /** The shape, or the one known that is equal to it. */
    public Shape one(Shape shape) {
        ByteBuffer content = content(shape);
        Shape known = shapes.get(content);
        if (known != null
                && known.facts().equals(shape.facts())
                && known.tokens().equals(shape.tokens())) {
            return known;
        }
        shapes.put(content, shape);
        return shape;
    }

    private static ByteBuffer content(Shape shape) {
        byte[] version = (shape.version() + "\0").getBytes(StandardCharsets.UTF_8);
        byte[] rest = shape.content();
        return ByteBuffer.allocate(version.length + rest.length)
                .put(version)
                .put(rest)
                .flip();
    }
}
