package phr.gateway.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;

/**
 * One permit or denial, as it goes into the access log. Never a value of a record.
 *
 * @param organisation id without {@code Organization/}; null when the person herself asks
 * @param user who asked: {@link #SELF}, {@link #PROXY}, the name of a user of the organisation, or null for a system
 * @param action code of consent-semantics.md §7.4, or {@code consent} for acts on consents
 * @param interaction what was done, e.g. {@code search Observation}
 * @param reason code of §16.1
 * @param directives {@code id@version} that allowed it
 * @param vendor organisation of the application, when it receives the data too; else null
 * @param system a client by itself, without a user
 */
public record AccessEvent(
        PersonId person,
        @Nullable String organisation,
        String app,
        @Nullable String user,
        String action,
        String interaction,
        List<String> purposes,
        Outcome outcome,
        String reason,
        List<String> directives,
        @Nullable String vendor,
        boolean system) {

    /** The person herself; her name does not belong into a log. */
    public static final String SELF = "self";

    /** Somebody who lawfully acts for her; her authority stands among the directives as {@code Authority/id}. */
    public static final String PROXY = "proxy";

    public enum Outcome {
        PERMIT,
        DENY
    }

    public AccessEvent(
            PersonId person,
            @Nullable String organisation,
            String app,
            @Nullable String user,
            String action,
            String interaction,
            List<String> purposes,
            Outcome outcome,
            String reason,
            List<String> directives) {
        this(person, organisation, app, user, action, interaction, purposes, outcome, reason, directives, null, false);
    }

    public AccessEvent {
        purposes = List.copyOf(purposes);
        directives = List.copyOf(directives);
    }

    /** Organisations that receive the data, with their roles; the first is the one acted for. */
    Map<String, String> receivers() {
        Map<String, String> receivers = new LinkedHashMap<>();
        if (organisation != null) {
            receivers.put(organisation, "RECIPIENT");
        }
        if (vendor != null) {
            receivers.putIfAbsent(vendor, "VENDOR");
        }
        return receivers;
    }
}
