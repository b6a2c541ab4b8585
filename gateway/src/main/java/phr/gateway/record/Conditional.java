package phr.gateway.record;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Conditional reads (FHIR R4 http §3.1.0.5): ETag, Last-Modified, If-None-Match. */
final class Conditional {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Conditional() {}

    /** {@code W/"3"}: the version that FHIR means by an entity tag. */
    static String tag(int version) {
        return "W/\"" + version + "\"";
    }

    static String date(Instant lastUpdated) {
        return HTTP_DATE.format(lastUpdated);
    }

    /** Whether the client already has it. Weak comparison: {@code "3"} and {@code W/"3"} are the same. */
    static boolean has(List<String> ifNoneMatch, String tag) {
        return ifNoneMatch.stream()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .map(String::strip)
                .anyMatch(known -> known.equals("*") || opaque(known).equals(opaque(tag)));
    }

    /** 304 when the client has it, else 200 to be filled; both carry the tag. */
    static Response.ResponseBuilder answer(HttpHeaders request, String tag) {
        List<String> known = request.getRequestHeader(HttpHeaders.IF_NONE_MATCH);
        int status = known != null && has(known, tag) ? 304 : 200;
        return Response.status(status).header(HttpHeaders.ETAG, tag);
    }

    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
}
