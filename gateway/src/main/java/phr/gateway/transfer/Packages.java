package phr.gateway.transfer;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import phr.fhir.normalise.vendor.table.VendorTables;
import phr.gateway.ingest.Formats;
import phr.gateway.ingest.Spool;
import phr.gateway.keys.KeyDirectory;
import phr.portability.Exporter;
import phr.portability.Importer;
import phr.portability.Limits;
import phr.portability.Provider;
import phr.portability.sign.ProviderKey;

/** Exporter, importer and signing key of this gateway. */
@Dependent
final class Packages {

    private static final String KEY_FILE = "signing.jwk";

    private Packages() {}

    @Produces
    @Singleton
    static ProviderKey signingKey(KeyDirectory keys) {
        byte[] jwk =
                keys.read(KEY_FILE, () -> ProviderKey.generate().toPrivateJwk().getBytes(StandardCharsets.UTF_8));
        return ProviderKey.parse(new String(jwk, StandardCharsets.UTF_8));
    }

    @Produces
    @Singleton
    static Provider provider(
            ProviderConfig config,
            @ConfigProperty(name = "quarkus.application.version", defaultValue = "dev") String version) {
        return new Provider(config.id(), config.name(), config.baseUrl(), "PHR gateway", version);
    }

    @Produces
    @Singleton
    static Exporter exporter(Provider provider, ProviderKey key, Clock clock, Spool spool) {
        return new Exporter(provider, key, clock, spool.directory());
    }

    @Produces
    @Singleton
    static Importer importer(KnownProviders providers, Spool spool, VendorTables tables) {
        return new Importer(providers, Formats.all(tables), Limits.DEFAULT, spool.directory());
    }
}
