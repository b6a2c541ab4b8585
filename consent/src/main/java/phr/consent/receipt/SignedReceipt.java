package phr.consent.receipt;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A receipt and the signature over its canonical bytes.
 *
 * @param receipt as {@link phr.consent.directive.CanonicalJson} writes it
 * @param signature compact JWS with detached payload
 */
public record SignedReceipt(JsonNode receipt, String signature) {}
