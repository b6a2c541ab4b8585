package phr.gateway.authorities;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import phr.consent.evidence.Evidence;
import phr.fhir.Sha256;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/**
 * Evidence as the operator states it; the bytes stay where she keeps them.
 *
 * @param kind e.g. {@code family-register}, {@code court-decision}, {@code death-certificate}
 * @param sha256 of the bytes, 64 hexadecimal digits
 * @param reference where they are kept
 * @param signature detached JWS over them
 */
public record EvidenceBody(
        @Nullable String kind,
        @Nullable String mediaType,
        @Nullable String sha256,
        @Nullable String reference,
        @Nullable String signature,
        @Nullable String cosignature) {

    private static final int LONGEST = 200;

    /** @throws phr.fhir.failure.FailureException INVALID when nothing or not enough is stated */
    public static Evidence require(@Nullable EvidenceBody body) {
        if (body == null) {
            throw invalid("evidence is required", "/evidence");
        }
        return body.evidence();
    }

    /** @throws phr.fhir.failure.FailureException INVALID */
    public static @Nullable Evidence optional(@Nullable EvidenceBody body) {
        return body == null ? null : body.evidence();
    }

    private Evidence evidence() {
        if (kind == null || !kind.matches("[a-z][a-z0-9-]{0,49}")) {
            throw invalid("a short code is required", "/evidence/kind");
        }
        if (mediaType == null || !mediaType.matches("[a-z0-9.+-]+/[a-z0-9.+-]+") || mediaType.length() > LONGEST) {
            throw invalid("a media type is required", "/evidence/mediaType");
        }
        if (sha256 == null || !sha256.matches("[0-9a-f]{64}")) {
            throw invalid("64 hexadecimal digits are required", "/evidence/sha256");
        }
        if (reference != null && reference.length() > LONGEST) {
            throw invalid("at most 200 characters", "/evidence/reference");
        }
        Sha256 hash = Sha256.from(HexFormat.of().parseHex(sha256));
        return new Evidence(null, kind, mediaType, hash, reference, signature, cosignature);
    }

    private static RuntimeException invalid(String text, String pointer) {
        return Failure.of(Category.INVALID, "evidence", text, pointer).exception();
    }
}
