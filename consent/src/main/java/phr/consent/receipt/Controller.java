package phr.consent.receipt;

import org.jspecify.annotations.Nullable;

/**
 * The PHR provider that holds the record and gives the receipt.
 *
 * @param id service id, reverse domain
 * @param address postal address, if the operator set one
 * @param contact for questions and complaints, if the operator set one
 * @param country where the record is kept, ISO 3166-1 alpha-2
 * @param url of the service without trailing slash; consents are at {@code {url}/consents}
 */
public record Controller(
        String id,
        String name,
        @Nullable String address,
        @Nullable String contact,
        String country,
        String url) {}
