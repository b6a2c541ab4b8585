package phr.gateway.consents.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import phr.consent.fhir.ConsentWriter;
import phr.consent.fhir.Particulars;
import phr.consent.ledger.Notice;
import phr.consent.ledger.Recorded;

/** Recorded directives as Consents and Bundles with the addresses of this server. */
@ApplicationScoped
class ConsentJson {

    private final String base;

    ConsentJson(@ConfigProperty(name = "phr.provider.base-url") String base) {
        this.base = base;
    }

    ObjectNode consent(Recorded recorded, String patient) {
        UUID authority = recorded.directive().grantor().authority();
        ObjectNode consent = ConsentWriter.write(
                recorded.directive(),
                new Particulars(
                        "Patient/" + patient,
                        authority == null ? null : "RelatedPerson/" + authority,
                        recorded.recordedAt(),
                        "Organization/phr",
                        policy(recorded.notice())));
        ((ObjectNode) consent.get("organization").get(0)).removeAll().put("display", "PHR provider");
        ((ObjectNode) consent.get("meta"))
                .put("lastUpdated", recorded.recordedAt().toString());
        return consent;
    }

    /** @param total of all matches, whatever the page holds */
    ObjectNode bundle(String type, List<Recorded> page, int total, String patient) {
        ObjectNode bundle = JsonNodeFactory.instance.objectNode().put("resourceType", "Bundle");
        bundle.put("type", type).put("total", total);
        if (page.isEmpty()) {
            return bundle;
        }
        ArrayNode entries = bundle.putArray("entry");
        for (Recorded recorded : page) {
            ObjectNode entry = entries.addObject();
            entry.put("fullUrl", base + "/Consent/" + recorded.directive().id());
            entry.set("resource", consent(recorded, patient));
            if (type.equals("searchset")) {
                entry.putObject("search").put("mode", "match");
            } else {
                boolean first = recorded.directive().version() == 1;
                entry.putObject("request")
                        .put("method", first ? "POST" : "PUT")
                        .put("url", "Consent/" + recorded.directive().id());
                entry.putObject("response").put("status", first ? "201" : "200");
            }
        }
        return bundle;
    }

    String address(Recorded recorded) {
        return base + "/Consent/" + recorded.directive().id() + "/_history/"
                + recorded.directive().version();
    }

    private String policy(Notice notice) {
        String root = base.endsWith("/fhir") ? base.substring(0, base.length() - "/fhir".length()) : base;
        return root + "/policies/" + notice.id() + "/" + notice.version() + "/" + notice.language();
    }
}
