package phr.consent.evidence;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.Sha256;

/**
 * What proves an act, e.g. 戸籍謄本 or a court's decision: its hash and where the bytes are kept.
 *
 * @param id null before it is stored
 * @param kind short code of the operator, e.g. {@code family-register}
 * @param mediaType of the bytes
 * @param storageRef where they are kept; null for paper
 * @param signature detached JWS
 * @param cosignature of a second holder of authority
 */
public record Evidence(
        @Nullable UUID id,
        String kind,
        String mediaType,
        Sha256 sha256,
        @Nullable String storageRef,
        @Nullable String signature,
        @Nullable String cosignature) {}
