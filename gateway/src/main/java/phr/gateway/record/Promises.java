package phr.gateway.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import phr.consent.Obligation;
import phr.fhir.Fhir;
import phr.fhir.facts.Labels;

/**
 * What the recipient promised travels with each resource as security labels (consent-semantics.md §16.2): no redisclosure, no
 * storage, deletion with its instant.
 */
public final class Promises {

    static final String ERASE_BY = Fhir.CANONICAL + "/StructureDefinition/erase-by";

    private Promises() {}

    public static boolean isOne(Obligation obligation) {
        return switch (obligation.code()) {
            case NO_ONWARD, NO_STORE, ERASE_BY -> true;
            default -> false;
        };
    }

    public static void addTo(ObjectNode resource, Collection<Obligation> promises) {
        ArrayNode security = resource.withObject("/meta").withArray("security");
        promises.stream().sorted().forEach(promise -> add(security, promise));
    }

    private static void add(ArrayNode security, Obligation promise) {
        ObjectNode label = security.addObject();
        if (promise.instant() != null) {
            label.withArray("extension")
                    .addObject()
                    .put("url", ERASE_BY)
                    .put("valueInstant", promise.instant().toString());
        }
        label.put("system", Labels.SENSITIVITY_SYSTEM).put("code", code(promise));
    }

    /** HL7 v3-ActCode, refrain and obligation policies. */
    private static String code(Obligation promise) {
        return switch (promise.code()) {
            case NO_ONWARD -> "NORDSCLCD";
            case NO_STORE -> "NOCOLLECT";
            default -> "DELAU";
        };
    }
}
