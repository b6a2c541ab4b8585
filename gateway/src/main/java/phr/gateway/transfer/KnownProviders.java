package phr.gateway.transfer;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import phr.portability.Provider;
import phr.portability.sign.ProviderKey;
import phr.portability.sign.TrustedKeys;

/**
 * Keys of the providers that the operator trusts, and our own. Published keys are fetched when an unknown key id appears, at most
 * once a minute per provider; a key once seen stays known as long as the process lives.
 */
@Singleton
class KnownProviders implements TrustedKeys {

    private static final Logger LOG = Logger.getLogger(KnownProviders.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int LARGEST = 256 * 1024;

    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final Map<String, URI> addresses = new ConcurrentHashMap<>();
    private final Map<String, Instant> asked = new ConcurrentHashMap<>();
    private final Map<String, TrustedKey> keys = new ConcurrentHashMap<>();

    /** @param trusted {@code id=address of the key set} each */
    @Inject
    KnownProviders(
            Provider own,
            ProviderKey key,
            Clock clock,
            @ConfigProperty(name = "phr.trusted-providers") Optional<List<String>> trusted) {
        this.clock = clock;
        for (String entry : trusted.orElse(List.of())) {
            int equals = entry.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("phr.trusted-providers holds id=address pairs");
            }
            addresses.put(
                    entry.substring(0, equals).strip(),
                    URI.create(entry.substring(equals + 1).strip()));
        }
        keys.put(key.kid(), new TrustedKey(own.serviceId(), key.publicKey(), origin(URI.create(own.namespace()))));
    }

    @Override
    public Optional<TrustedKey> find(String kid) {
        if (!keys.containsKey(kid)) {
            addresses.forEach(this::refresh);
        }
        return Optional.ofNullable(keys.get(kid));
    }

    private void refresh(String provider, URI address) {
        Instant now = clock.instant();
        Instant last = asked.get(provider);
        if (last != null && now.isBefore(last.plus(PAUSE))) {
            return;
        }
        try {
            for (JWK jwk : fetch(address).getKeys()) {
                if (jwk instanceof ECKey key && key.getKeyID() != null) {
                    keys.putIfAbsent(key.getKeyID(), new TrustedKey(provider, key.toPublicJWK(), origin(address)));
                }
            }
            asked.put(provider, now);
        } catch (IOException | ParseException e) {
            LOG.warnf(
                    "keys of a trusted provider cannot be fetched: %s",
                    e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }

    private JWKSet fetch(URI address) throws IOException, InterruptedException, ParseException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .header("Accept", "application/json")
                .build();
        HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException("no key set there");
            }
            return JWKSet.parse(new String(body.readNBytes(LARGEST), StandardCharsets.UTF_8));
        }
    }
}
