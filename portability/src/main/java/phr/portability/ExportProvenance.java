package phr.portability;

import java.util.List;
import phr.fhir.Fhir;
import phr.fhir.Ids;
import phr.portability.json.JsonObject;

/** The Provenance of the export itself (phr-package.md §6.3). */
final class ExportProvenance {

    private ExportProvenance() {}

    static JsonObject of(ExportRun run) {
        JsonObject who = new JsonObject()
                .put(
                        "identifier",
                        new JsonObject()
                                .put("system", Fhir.CANONICAL + "/IdSystem/service-id")
                                .put("value", run.provider.serviceId()))
                .put("display", run.provider.name());
        JsonObject what = new JsonObject()
                .put(
                        "identifier",
                        new JsonObject().put("system", "urn:ietf:rfc:3986").put("value", "urn:uuid:" + run.packageId));
        return new JsonObject()
                .put("resourceType", "Provenance")
                .put("id", Ids.v5(run.packageId, "export").toString())
                .put("target", List.of(new JsonObject().put("reference", "Patient/" + run.subject.pairwise())))
                .put("recorded", run.written)
                .put("activity", concept(Names.ACTIVITY_SYSTEM, "export"))
                .put(
                        "agent",
                        List.of(new JsonObject()
                                .put(
                                        "type",
                                        concept(
                                                "http://terminology.hl7.org/CodeSystem/provenance-participant-type",
                                                "assembler"))
                                .put("who", who)))
                .put("entity", List.of(new JsonObject().put("role", "source").put("what", what)));
    }

    private static JsonObject concept(String system, String code) {
        return new JsonObject()
                .put("coding", List.of(new JsonObject().put("system", system).put("code", code)));
    }
}
