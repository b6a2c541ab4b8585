package phr.gateway.notices;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import phr.fhir.Ids;

/** What a recipient reads: the same bytes each time it is delivered. */
@Singleton
class NoticeBody {

    private final String provider;

    NoticeBody(@ConfigProperty(name = "phr.provider.id") String provider) {
        this.provider = provider;
    }

    /**
     * Fields {@code id, number, provider, organisation, kind, patient, consent, version, at} and {@code eraseBy}. The consent has,
     * like the person, an id of its own for each recipient, so that two recipients cannot join what they know. A notice without a
     * consent is about everything that was ever received of the patient: she has been erased.
     */
    ObjectNode of(Notice notice) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", notice.id().toString());
        json.put("number", notice.number());
        json.put("provider", provider);
        json.put("organisation", notice.organisation());
        json.put("kind", notice.kind().name());
        json.put("patient", notice.patient().toString());
        UUID directive = notice.directive();
        if (directive != null) {
            json.put("consent", consent(notice.patient(), directive));
            json.put("version", notice.version());
        }
        json.put("at", notice.writtenAt().toString());
        if (notice.eraseBy() != null) {
            json.put("eraseBy", notice.eraseBy().toString());
        }
        return json;
    }

    private static String consent(UUID patient, UUID directive) {
        return Ids.v5(patient, directive.toString()).toString();
    }
}
