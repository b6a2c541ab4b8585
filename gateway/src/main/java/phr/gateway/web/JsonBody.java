package phr.gateway.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.io.InputStream;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/** Strict JSON bodies of the gateway's own interfaces: bounded, no unknown or doubled fields, no coercion. */
public final class JsonBody {

    /** A directive of a person is a few KiB; a mebibyte is generous. */
    private static final int LIMIT = 1 << 20;

    private static final ObjectMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxStringLength(64 * 1024)
                            .maxNumberLength(64)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual, text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private JsonBody() {}

    /**
     * Reads the whole body as one value.
     *
     * @throws phr.fhir.failure.FailureException MALFORMED with a JSON pointer, TOO_LARGE above a mebibyte
     */
    public static <T> T read(InputStream body, Class<T> type) throws IOException {
        byte[] bytes = bytes(body);
        try {
            T value = STRICT.readValue(bytes, type);
            if (value == null) {
                throw malformed("the body must be a JSON object").exception();
            }
            return value;
        } catch (JsonProcessingException e) {
            throw failure(e).exception();
        }
    }

    /**
     * The whole body, for readers of their own.
     *
     * @throws phr.fhir.failure.FailureException TOO_LARGE above a mebibyte
     */
    public static byte[] bytes(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(LIMIT + 1);
        if (bytes.length > LIMIT) {
            throw Failure.of(Category.TOO_LARGE, "too-large", "the body is larger than one mebibyte")
                    .exception();
        }
        return bytes;
    }

    static Failure failure(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return malformed("unknown field", JsonPointers.of(unknown.getPath()));
        }
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            return malformed("missing or of the wrong type", JsonPointers.of(mapping.getPath()));
        }
        return e.getLocation() == null
                ? malformed("not well-formed JSON")
                : malformed("not well-formed JSON", "line " + e.getLocation().getLineNr());
    }

    private static Failure malformed(String text, String... where) {
        return Failure.of(Category.MALFORMED, "json", text, where);
    }
}
