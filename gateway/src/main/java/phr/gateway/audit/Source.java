package phr.gateway.audit;

import org.jspecify.annotations.Nullable;

/**
 * How data came into a record, as the receipt ledger keeps it (取得の経緯, APPI 30; consent-semantics.md §16.3).
 *
 * @param provider who provided it: {@code self}, the id of an organisation, or the service id of another provider
 * @param how {@code DIRECT_FROM_PERSON}, {@code FROM_ORGANISATION} or {@code PACKAGE_OF_PROVIDER}
 * @param basis that the provider claims: {@code SELF} or {@code CONSENT}
 * @param format name of the source format
 * @param sha256 of the file
 * @param size of the file in bytes
 * @param rejected resources left out
 * @param held whether it waits for the person, outside the record
 */
public record Source(
        String provider,
        @Nullable String providerName,
        String how,
        String basis,
        String format,
        String sha256,
        long size,
        int created,
        int updated,
        int duplicates,
        int rejected,
        boolean held) {}
