package phr.gateway.erasure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.CanonicalJson;
import phr.gateway.erasure.ErasedTables.Reason;
import phr.gateway.notices.ErasureNotices.Recipient;
import phr.portability.sign.DetachedJws;
import phr.portability.sign.ProviderKey;

/** What was erased, what stays and until when, and who had got copies (REQ-DEL-1): canonical JSON, signed. Nothing of the record. */
@Singleton
class ErasureReport {

    static final String SIGNATURE = "Phr-Signature";

    private static final String TYPE = "phr-erasure+jws";

    private final ProviderKey key;
    private final Clock clock;
    private final String provider;

    @Inject
    ErasureReport(ProviderKey key, Clock clock, @ConfigProperty(name = "phr.provider.id") String provider) {
        this.key = key;
        this.clock = clock;
        this.provider = provider;
    }

    /**
     * @param signature detached JWS over its bytes, by the key under {@code /.well-known/jwks.json}
     */
    record Signed(String json, String signature) {}

    /** Fields {@code id, provider, ground, state, erased, completed, tables[], kept[], recipients[]}. */
    Signed of(Erasure erasure) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", erasure.id().toString());
        json.put("provider", provider);
        json.put("ground", erasure.ground().name());
        json.put("state", erasure.state().name());
        json.put("key", "DESTROYED");
        json.put("erased", erasure.erased().toString());
        put(json, "completed", erasure.completed());
        ArrayNode tables = json.putArray("tables");
        erasure.counts()
                .forEach((table, rows) -> tables.addObject().put("table", table).put("rows", (long) rows));
        json.set("kept", kept(erasure.keptUntil()));
        json.set("recipients", recipients(erasure.recipients()));
        String text = CanonicalJson.text(json);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return new Signed(text, DetachedJws.sign(key, TYPE, now, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** @param until null = the operator has set no period */
    static ArrayNode kept(@Nullable Instant until) {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        Arrays.stream(Reason.values()).forEach(reason -> {
            ObjectNode one = kept.addObject().put("reason", reason.name()).put("text", reason.text());
            ArrayNode tables = one.putArray("tables");
            Objects.requireNonNull(ErasedTables.KEPT.get(reason)).forEach(tables::add);
            put(one, "until", reason.ends() ? until : null);
        });
        return kept;
    }

    static ArrayNode recipients(List<Recipient> recipients) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Recipient recipient : recipients) {
            ObjectNode one = list.addObject().put("organisation", recipient.organisation());
            if (recipient.name() != null) {
                one.put("name", recipient.name());
            }
            one.put("asked", recipient.asked());
        }
        return list;
    }

    private static void put(ObjectNode json, String name, @Nullable Instant at) {
        if (at != null) {
            json.put(name, at.toString());
        }
    }
}
