package phr.gateway.subscriptions.outbox;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import phr.consent.Permit;
import phr.gateway.audit.Tally;
import phr.gateway.delivery.Outgoing;
import phr.gateway.record.Criteria;
import phr.gateway.record.Match;
import phr.gateway.record.MayBeIncomplete;
import phr.gateway.record.RecordStore;
import phr.gateway.subscriptions.Subscription;

/** What is stored, as the subscriber gets it now. */
@Singleton
class Notifications {

    private static final String FHIR = "application/fhir+json";

    private final RecordStore store;
    private final String base;

    Notifications(RecordStore store, @ConfigProperty(name = "phr.provider.base-url") String base) {
        this.store = store;
        this.base = base;
    }

    /** Empty when nothing of it matches, or may be seen. */
    Optional<Notification> of(Subscription subscription, Set<UUID> ids, Permit permit, Tally tally) {
        Criteria criteria = subscription.criteria();
        tally.later();
        if (!subscription.payload()) {
            return criteria.finds(store, permit, ids)
                    ? Optional.of(new Notification(bare(subscription), permit, tally))
                    : Optional.empty();
        }
        List<Match> matches = criteria.among(store, permit, criteria.patient(), ids, tally);
        if (matches.isEmpty()) {
            return Optional.empty();
        }
        boolean notice = MayBeIncomplete.concerns(permit);
        Outgoing request =
                matches.size() == 1 ? one(subscription, matches.get(0), notice) : batch(subscription, matches, notice);
        return Optional.of(new Notification(request, permit, tally));
    }

    private static Outgoing bare(Subscription subscription) {
        return new Outgoing("POST", URI.create(subscription.endpoint()), FHIR, new byte[0], subscription.headers());
    }

    private static Outgoing one(Subscription subscription, Match match, boolean notice) {
        Map<String, String> headers = new HashMap<>(subscription.headers());
        if (notice) {
            headers.put(MayBeIncomplete.HEADER, MayBeIncomplete.CODE);
        }
        return new Outgoing("PUT", below(subscription.endpoint(), match), FHIR, match.json(), headers);
    }

    /** {@code [endpoint]/[type]/[id]}, a query stays where it is. */
    static URI below(String endpoint, Match match) {
        int query = endpoint.indexOf('?');
        String path = query < 0 ? endpoint : endpoint.substring(0, query);
        String rest = query < 0 ? "" : endpoint.substring(query);
        return URI.create(path.replaceFirst("/$", "") + "/" + match.type() + "/" + match.id() + rest);
    }

    private Outgoing batch(Subscription subscription, List<Match> matches, boolean notice) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, "{\"resourceType\":\"Bundle\"" + (notice ? ",\"meta\":" + MayBeIncomplete.META : ""));
        write(out, ",\"type\":\"batch\",\"entry\":[");
        String separator = "";
        for (Match match : matches) {
            String address = match.type() + "/" + match.id();
            write(out, separator + "{\"fullUrl\":\"");
            out.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(base + "/" + address));
            write(out, "\",\"resource\":");
            out.writeBytes(match.json());
            write(out, ",\"request\":{\"method\":\"PUT\",\"url\":\"" + address + "\"}}");
            separator = ",";
        }
        write(out, "]}");
        return new Outgoing(
                "POST", URI.create(subscription.endpoint()), FHIR, out.toByteArray(), subscription.headers());
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
