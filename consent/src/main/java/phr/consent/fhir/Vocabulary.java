package phr.consent.fhir;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ResourceType;
import phr.consent.Action;
import phr.fhir.Fhir;

/** Code systems and extensions of Consents (consent-semantics.md §17.1). */
final class Vocabulary {

    static final String SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope";
    static final String ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
    static final String ACTION = "http://terminology.hl7.org/CodeSystem/consentaction";
    static final String PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    static final String LOINC = "http://loinc.org";
    static final String RESOURCE_TYPES = "http://hl7.org/fhir/resource-types";

    static final String OWN_ACTION = Fhir.CANONICAL + "/CodeSystem/action";
    static final String CATEGORY = Fhir.CANONICAL + "/CodeSystem/phr-category";

    /** System of identifiers that name a grantee by kind: {@code CLASS|pharmacy}, {@code ANY}. */
    static final String GRANTEE = Fhir.CANONICAL + "/grantee";

    private static final String EXTENSION = Fhir.CANONICAL + "/StructureDefinition/consent-";

    static final String STATE = EXTENSION + "state";
    static final String EMERGENCY = EXTENSION + "emergency";
    static final String PHASE = EXTENSION + "phase";
    static final String LABEL_RULE = EXTENSION + "every-label-rule";
    static final String COUNTRY = EXTENSION + "country";
    static final String CONDITION = EXTENSION + "condition";
    static final String AGGREGATE_ONLY = EXTENSION + "aggregate-only";
    static final String SELECTOR = EXTENSION + "selector";
    static final String SAME_EFFECT = EXTENSION + "exception";

    /** Modifier extensions that a provision may carry here. */
    static final Set<String> UNDERSTOOD =
            Set.of(EMERGENCY, PHASE, LABEL_RULE, COUNTRY, CONDITION, AGGREGATE_ONLY, SELECTOR, SAME_EFFECT);

    static final Set<String> TYPES =
            Stream.of(ResourceType.values()).map(ResourceType::name).collect(Collectors.toUnmodifiableSet());

    /** Systems whose codes, in {@code provision.class}, are types of documents. */
    static final Set<String> DOCUMENT_TYPES =
            Set.of(LOINC, "http://jpfhir.jp/fhir/Common/CodeSystem/doc-typecodes", "urn:oid:1.2.392.200119.6.1001");

    static final Map<String, Action> STANDARD_ACTIONS = Map.of(
            "access", Action.READ,
            "collect", Action.KEEP,
            "use", Action.USE,
            "disclose", Action.DISCLOSE,
            "correct", Action.CORRECT);

    static final Map<String, Action> OWN_ACTIONS =
            Stream.of(Action.values()).collect(Collectors.toUnmodifiableMap(Action::code, action -> action));

    private Vocabulary() {}
}
