package phr.consent.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import phr.consent.directive.Directive;
import phr.consent.directive.Emergency;
import phr.consent.directive.ExceptionClause;
import phr.consent.directive.Purposes;
import phr.consent.directive.State;
import phr.consent.directive.Times;
import phr.fhir.facts.Confidentiality;

/**
 * Writes a directive as FHIR R4 Consent (consent-semantics.md §17.1). What the core cannot say is a modifier extension, so that
 * another engine refuses instead of misreading; reading it again gives the same rule.
 */
public final class ConsentWriter {

    private static final Set<String> RESEARCH = Set.of("HRESCH");

    private ConsentWriter() {}

    /** A whole Consent with id and version. */
    public static ObjectNode write(Directive directive, Particulars particulars) {
        ObjectNode consent = JsonNodeFactory.instance.objectNode().put("resourceType", "Consent");
        consent.put("id", directive.id());
        meta(consent, directive);
        if (!plain(directive.state())) {
            consent.putArray("extension")
                    .addObject()
                    .put("url", Vocabulary.STATE)
                    .put("valueCode", directive.state().name());
        }
        consent.put("status", status(directive.state()));
        coding(consent.putObject("scope"), Vocabulary.SCOPE, research(directive) ? "research" : "patient-privacy");
        ArrayNode category = consent.putArray("category");
        coding(category.addObject(), Vocabulary.LOINC, "59284-0");
        coding(category.addObject(), Vocabulary.ACT_CODE, "IDSCL");
        consent.putObject("patient").put("reference", particulars.patient());
        consent.put("dateTime", Times.written(particulars.actedAt()));
        String performer = particulars.performer() == null ? particulars.patient() : particulars.performer();
        consent.putArray("performer").addObject().put("reference", performer);
        consent.putArray("organization").addObject().put("reference", particulars.organization());
        consent.putArray("policy").addObject().put("uri", particulars.policyUri());
        String rule = directive.effect().permits() ? "OPTIN" : "OPTOUT";
        coding(consent.putObject("policyRule"), Vocabulary.ACT_CODE, rule);
        provision(consent.putObject("provision"), directive);
        return consent;
    }

    private static void meta(ObjectNode consent, Directive directive) {
        ObjectNode meta = consent.putObject("meta").put("versionId", Integer.toString(directive.version()));
        meta.putArray("security")
                .addObject()
                .put("system", Confidentiality.SYSTEM)
                .put("code", "V");
        meta.putArray("tag").addObject().put("system", Vocabulary.CATEGORY).put("code", "consent-record");
    }

    private static void provision(ObjectNode provision, Directive directive) {
        ElementsWriter writer = new ElementsWriter(provision, directive.effect());
        ArrayNode modifiers = JsonNodeFactory.instance.arrayNode();
        if (directive.phase() != null) {
            modifiers
                    .addObject()
                    .put("url", Vocabulary.PHASE)
                    .put("valueCode", directive.phase().name());
        }
        if (directive.emergency() == Emergency.ALLOWED) {
            modifiers.addObject().put("url", Vocabulary.EMERGENCY).put("valueCode", Emergency.ALLOWED.code());
        }
        directive.conditions().forEach(condition -> ConditionExtension.write(modifiers, condition));
        writer.write(directive.base(), modifiers);
        if (directive.exceptions().isEmpty()) {
            return;
        }
        ArrayNode nested = provision.putArray("provision");
        for (ExceptionClause exception : directive.exceptions()) {
            ArrayNode own = JsonNodeFactory.instance.arrayNode();
            if (exception.effect() == directive.effect()) {
                own.addObject().put("url", Vocabulary.SAME_EFFECT).put("valueBoolean", true);
            }
            new ElementsWriter(nested.addObject(), exception.effect()).write(exception.elements(), own);
        }
    }

    /** The states that the status alone tells. */
    private static boolean plain(State state) {
        return switch (state) {
            case ACTIVE, EXPIRED, PROPOSED, REFUSED, REVOKED, ENTERED_IN_ERROR -> true;
            case SUPERSEDED, PENDING_RECONSENT, FROZEN, SUSPENDED -> false;
        };
    }

    /** R4 {@code Consent.status} (§10.1). */
    public static String status(State state) {
        return switch (state) {
            case PROPOSED, PENDING_RECONSENT -> "proposed";
            case REFUSED -> "rejected";
            case ACTIVE, EXPIRED -> "active";
            case SUPERSEDED, REVOKED, FROZEN, SUSPENDED -> "inactive";
            case ENTERED_IN_ERROR -> "entered-in-error";
        };
    }

    private static boolean research(Directive directive) {
        Set<String> purposes = directive.base().purposes();
        return purposes != null
                && purposes.stream()
                        .allMatch(purpose -> RESEARCH.stream().anyMatch(whole -> Purposes.catches(whole, purpose)));
    }

    static void coding(ObjectNode concept, String system, String code) {
        concept.putArray("coding").addObject().put("system", system).put("code", code);
    }
}
