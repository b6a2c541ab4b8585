package phr.deploy.gateway;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import phr.deploy.machine.Daemon;
import phr.deploy.postgres.LocalPostgres;

/** A gateway on 127.0.0.1 as a process of its own, configured as an operator would: by environment variables. */
public final class LocalGateway {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Options of a virtual machine that one person looks at. */
    public static final List<String> SMALL = List.of("-Xmx256m", "-XX:+UseSerialGC");

    /**
     * @param name in file names and messages
     * @param providerId reverse domain of the provider
     * @param baseUrl FHIR base URL, the same for all nodes of one provider
     * @param port of this node
     * @param database created when missing; nodes of one provider share it
     * @param keys directory of the provider's keys, made when missing; nodes of one provider share it
     * @param more environment variables on top
     */
    public record Settings(
            String name,
            String providerId,
            String providerName,
            String baseUrl,
            int port,
            String database,
            Path keys,
            Map<String, String> more) {

        public Settings {
            more = Map.copyOf(more);
        }
    }

    private LocalGateway() {}

    /**
     * Starts it and returns when it is ready.
     *
     * @param jar {@code quarkus-run.jar} of the gateway
     * @param issuer of the tokens
     * @param directory for its log
     */
    public static Daemon start(Path jar, Settings settings, LocalPostgres postgres, String issuer, Path directory) {
        return start(jar, SMALL, settings, postgres, issuer, directory);
    }

    /**
     * The same with a virtual machine of one's own choice.
     *
     * @param java its options
     */
    public static Daemon start(
            Path jar, List<String> java, Settings settings, LocalPostgres postgres, String issuer, Path directory) {
        postgres.createDatabase(settings.database());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(java);
        // One thread without memory can leave others waiting for what it was about to do, for ever.
        command.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "-Dfile.encoding=UTF-8", "-jar", jar.toString()));
        Daemon daemon = Daemon.start(settings.name(), command, directory, environment(settings, postgres, issuer));
        daemon.awaitReady(URI.create("http://127.0.0.1:" + settings.port() + "/q/health/ready"), PATIENCE);
        return daemon;
    }

    private static Map<String, String> environment(Settings settings, LocalPostgres postgres, String issuer) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(settings.port()));
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl(settings.database()));
        environment.put("QUARKUS_DATASOURCE_USERNAME", postgres.username());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", postgres.password());
        environment.put("QUARKUS_OIDC_AUTH_SERVER_URL", issuer);
        environment.put("PHR_PROVIDER_ID", settings.providerId());
        environment.put("PHR_PROVIDER_NAME", settings.providerName());
        environment.put("PHR_PROVIDER_BASE_URL", settings.baseUrl());
        environment.put("PHR_KEYS_DIRECTORY", settings.keys().toString());
        environment.put("PHR_KEYS_GENERATE", "true");
        // Full validation behind the answer takes as much heap again.
        environment.put("PHR_QUARANTINE_WORKERS", "0");
        environment.putAll(settings.more());
        return environment;
    }
}
