package phr.gateway.web;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses to start with settings that are fine on a desk and dangerous on a street. */
@ApplicationScoped
class ProductionSettings {

    private static final Set<String> SAMPLES =
            Set.of("", "phr", "postgres", "password", "secret", "changeme", "change-me", "admin", "test", "sample");

    private final String issuer;
    private final String baseUrl;
    private final String databasePassword;

    ProductionSettings(
            @ConfigProperty(name = "quarkus.oidc.auth-server-url") String issuer,
            @ConfigProperty(name = "phr.provider.base-url") String baseUrl,
            @ConfigProperty(name = "quarkus.datasource.password") String databasePassword) {
        this.issuer = issuer;
        this.baseUrl = baseUrl;
        this.databasePassword = databasePassword;
    }

    void check(@Observes StartupEvent start) {
        List<String> faults = faults();
        if (LaunchMode.current() == LaunchMode.NORMAL && !faults.isEmpty()) {
            throw new IllegalStateException("Refusing to start: " + String.join("; ", faults));
        }
    }

    /** Names settings, never their values. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        if (!protectedAddress(issuer)) {
            faults.add("quarkus.oidc.auth-server-url must be https off this machine");
        }
        if (!protectedAddress(baseUrl)) {
            faults.add("phr.provider.base-url must be https off this machine");
        }
        if (baseUrl.endsWith("/")) {
            faults.add("phr.provider.base-url must have no trailing slash");
        }
        if (SAMPLES.contains(databasePassword.toLowerCase(Locale.ROOT))) {
            faults.add("quarkus.datasource.password is a sample");
        }
        return faults;
    }

    private static boolean protectedAddress(String address) {
        URI uri = URI.create(address);
        return "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && isLoopback(uri.getHost()));
    }

    /** Only literal addresses and {@code localhost}: a name in the DNS may point anywhere tomorrow. */
    private static boolean isLoopback(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        try {
            return host.matches("[0-9.]+|\\[[0-9a-fA-F:]+\\]")
                    && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
