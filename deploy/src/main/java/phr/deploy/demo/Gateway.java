package phr.deploy.demo;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import phr.deploy.machine.Daemon;
import phr.deploy.postgres.LocalPostgres;

/** The gateway of one provider as a process of its own, configured as an operator would: by environment variables. */
final class Gateway {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

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
        postgres.createDatabase(provider.database());
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        settings.put("QUARKUS_HTTP_PORT", Integer.toString(provider.port()));
        settings.put("QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl(provider.database()));
        settings.put("QUARKUS_DATASOURCE_USERNAME", postgres.username());
        settings.put("QUARKUS_DATASOURCE_PASSWORD", postgres.password());
        settings.put("QUARKUS_OIDC_AUTH_SERVER_URL", issuer);
        settings.put("PHR_PROVIDER_ID", provider.id());
        settings.put("PHR_PROVIDER_NAME", provider.name());
        settings.put("PHR_PROVIDER_BASE_URL", provider.fhirBase());
        settings.put("PHR_KEYS_DIRECTORY", directory.resolve("keys").toString());
        settings.put("PHR_KEYS_GENERATE", "true");
        if (!trusted.isEmpty()) {
            settings.put(
                    "PHR_TRUSTED_PROVIDERS",
                    String.join(
                            ",",
                            trusted.stream()
                                    .map(other -> other.id() + "=" + other.keys())
                                    .toList()));
        }
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Dfile.encoding=UTF-8",
                "-jar",
                jar.toString());
        Daemon daemon = Daemon.start(name(provider), command, directory, settings);
        daemon.awaitReady(URI.create(provider.origin() + "/q/health/ready"), PATIENCE);
        return daemon;
    }
}
