package phr.gateway.ingest.upload;

import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/** Headers of the tus protocol, version 1.0.0. */
final class Tus {

    static final String VERSION = "1.0.0";
    static final String EXTENSIONS = "creation,creation-with-upload,checksum,termination,expiration";

    static final String RESUMABLE = "Tus-Resumable";
    static final String OFFSET = "Upload-Offset";
    static final String LENGTH = "Upload-Length";
    static final String METADATA = "Upload-Metadata";
    static final String EXPIRES = "Upload-Expires";
    static final String CHECKSUM = "Upload-Checksum";
    static final String OVERRIDE = "X-HTTP-Method-Override";

    private static final String BYTES = "application/offset+octet-stream";
    private static final String FORMAT = "format";

    private Tus() {}

    /** @throws phr.fhir.failure.FailureException STALE (412) unless the client speaks this version */
    static void check(HttpHeaders headers) {
        if (!VERSION.equals(headers.getHeaderString(RESUMABLE))) {
            throw Failure.of(Category.STALE, "TUS-1", "Tus-Resumable: 1.0.0 expected", "http." + RESUMABLE)
                    .exception();
        }
    }

    /** Whether the body is a part of the file. */
    static boolean brings(HttpHeaders headers) {
        String type = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
        return type != null && type.toLowerCase(Locale.ROOT).startsWith(BYTES);
    }

    static void demandBytes(HttpHeaders headers) {
        if (!brings(headers)) {
            throw new NotSupportedException();
        }
    }

    /** @throws phr.fhir.failure.FailureException MALFORMED unless it is a number */
    static long number(HttpHeaders headers, String name) {
        String text = headers.getHeaderString(name);
        if (text == null || !text.matches("\\d{1,15}")) {
            throw malformed("a number of bytes expected", name);
        }
        return Long.parseLong(text);
    }

    /** Bytes that the body announces; 0 when it does not say. */
    static long announced(HttpHeaders headers) {
        String text = headers.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        return text != null && text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
    }

    /** Name of the format that the sender insists on. What else is said of the file is not kept. */
    static @Nullable String format(HttpHeaders headers) {
        String metadata = headers.getHeaderString(METADATA);
        if (metadata == null || metadata.isBlank()) {
            return null;
        }
        for (String pair : metadata.split(",")) {
            String[] parts = pair.strip().split(" ", 2);
            if (parts[0].equals(FORMAT) && parts.length == 2) {
                return text(parts[1].strip());
            }
        }
        return null;
    }

    private static String text(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed("a value in Base64 expected", METADATA);
        }
    }

    static String date(Instant instant) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atZone(ZoneOffset.UTC));
    }

    static RuntimeException malformed(String text, String header) {
        return Failure.of(Category.MALFORMED, "TUS-2", text, "http." + header).exception();
    }
}
