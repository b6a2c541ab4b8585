package phr.gateway.consents;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import phr.consent.receipt.Controller;
import phr.consent.receipt.Receipts;

/** Receipts of this provider, signed with the key under {@code /.well-known/jwks.json}. */
final class ProviderReceipts {

    private ProviderReceipts() {}

    @Produces
    @Singleton
    static Receipts receipts(
            Registry registry,
            @ConfigProperty(name = "phr.provider.id") String id,
            @ConfigProperty(name = "phr.provider.name") String name,
            @ConfigProperty(name = "phr.provider.address") Optional<String> address,
            @ConfigProperty(name = "phr.provider.contact") Optional<String> contact,
            @ConfigProperty(name = "phr.provider.base-url") String baseUrl) {
        String service = baseUrl.replaceFirst("/fhir$", "");
        Controller controller = new Controller(id, name, address.orElse(null), contact.orElse(null), "JP", service);
        return new Receipts(controller, registry::name);
    }
}
