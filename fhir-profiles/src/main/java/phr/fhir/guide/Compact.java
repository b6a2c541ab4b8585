package phr.fhir.guide;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** What is written by hand, {@code *.json} among the resources of this package. */
final class Compact {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Compact() {}

    static JsonNode json(String name) {
        try (InputStream in = Objects.requireNonNull(Compact.class.getResourceAsStream(name), name)) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
