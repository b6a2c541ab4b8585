package phr.gateway.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import phr.consent.directive.CanonicalJson;
import phr.fhir.PersonId;
import phr.portability.sign.DetachedJws;
import phr.portability.sign.ProviderKey;

/** Signed ends of chains: who keeps one can prove later that nothing was cut off or rewritten. */
@Singleton
class Heads {

    /** {@code typ} of the signature. */
    static final String TYPE = "phr-ledger-head+jws";

    private final ProviderKey key;
    private final Clock clock;
    private final String provider;

    Heads(ProviderKey key, Clock clock, @ConfigProperty(name = "phr.provider.id") String provider) {
        this.key = key;
        this.clock = clock;
        this.provider = provider;
    }

    /**
     * @param head canonical JSON
     * @param signature detached JWS over its bytes
     */
    record Signed(String head, String signature) {}

    Signed sign(PersonId person, AuditSql.Tip entries, AuditSql.Tip deliveries) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String head = CanonicalJson.text(JsonNodeFactory.instance
                .objectNode()
                .put("provider", provider)
                .put("person", person.toString())
                .put("entries", entries.seq())
                .put("entryHash", entries.hash().hex())
                .put("deliveries", deliveries.seq())
                .put("deliveryHash", deliveries.hash().hex())
                .put("at", now.toString()));
        return new Signed(head, DetachedJws.sign(key, TYPE, now, head.getBytes(StandardCharsets.UTF_8)));
    }
}
