package phr.deploy.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import phr.deploy.gateway.LocalGateway;
import phr.deploy.machine.Daemon;
import phr.deploy.postgres.LocalPostgres;

/** The gateway of one provider. */
final class Gateway {

    private Gateway() {}

    /** In file names and messages. */
    static String name(Provider provider) {
        return "gateway-" + provider.letter();
    }

    /**
     * @param trusted providers whose packages count as signed by a known provider
     * @return when the gateway is ready
     */
    static Daemon start(
            Path jar,
            Provider provider,
            LocalPostgres postgres,
            String issuer,
            List<Provider> trusted,
            Path directory) {
        LocalGateway.Settings settings = new LocalGateway.Settings(
                name(provider),
                provider.id(),
                provider.name(),
                provider.fhirBase(),
                provider.port(),
                provider.database(),
                directory.resolve("keys"),
                trusting(trusted));
        return LocalGateway.start(jar, settings, postgres, issuer, directory);
    }

    private static Map<String, String> trusting(List<Provider> trusted) {
        return trusted.isEmpty()
                ? Map.of()
                : Map.of(
                        "PHR_TRUSTED_PROVIDERS",
                        trusted.stream()
                                .map(other -> other.id() + "=" + other.keys())
                                .collect(Collectors.joining(",")));
    }
}
