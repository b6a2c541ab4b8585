package phr.consent.receipt;

/** Signs receipts with the provider's key. */
@FunctionalInterface
public interface ReceiptSigner {

    /**
     * @param payload the canonical bytes of a receipt
     * @return compact JWS with detached payload, ES256
     */
    String sign(byte[] payload);
}
