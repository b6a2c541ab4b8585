package phr.gateway.record;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import phr.consent.Action;
import phr.fhir.PersonId;
import phr.gateway.access.Ask;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.caller.Interaction;

/** From the id of a resource to the person whose consent decides. */
@Singleton
final class Route {

    /** Types other than Patient that are read by id and that the person may delete. */
    private static final String RESOURCES =
            "AllergyIntolerance|CarePlan|CareTeam|Communication|Condition|Coverage|Device"
                    + "|DiagnosticReport|DocumentReference|Encounter|ExplanationOfBenefit|FamilyMemberHistory|Flag|Goal|ImagingStudy"
                    + "|Immunization|Location|Media|Medication|MedicationAdministration|MedicationDispense"
                    + "|MedicationRequest|MedicationStatement|Observation|Organization|Practitioner"
                    + "|PractitionerRole|Procedure|Provenance|Specimen";

    /** Types that are read by id; a Binary has an endpoint of its own. */
    static final String TYPES = "Patient|" + RESOURCES;

    /** What the person may delete; her Patient ends with her account. */
    static final String DELETABLE = "Binary|" + RESOURCES;

    private final Holders holders;
    private final CurrentCaller caller;

    Route(Holders holders, CurrentCaller caller) {
        this.holders = holders;
        this.caller = caller;
    }

    /** The question for the consent of the holder, if there is one: an unknown id is refused like a hidden one. */
    Ask toHolder(String type, UUID id, Action action, Interaction interaction, String label) {
        caller.get();
        PersonId holder = holders.of(type, id).orElse(null);
        return Ask.ofHolder(holder, action, interaction, label + " " + type, type);
    }

    /** The question to read: a Patient's id names the person, any other names only a resource. */
    Ask toRead(String type, UUID id, String label) {
        return type.equals("Patient")
                ? Ask.ofPatient(id.toString(), Action.READ, Interaction.READ, label + " Patient", "Patient")
                : toHolder(type, id, Action.READ, Interaction.READ, label);
    }

    /** The question for a document: of every type that the scopes leave. */
    Ask toDocument(UUID visit) {
        caller.get();
        PersonId holder = holders.of("Encounter", visit).orElse(null);
        return Ask.ofHolder(holder, Action.READ, Interaction.READ, "document Composition");
    }

    /** A read knows no parameter but the format. */
    static void checkParameters(Map<String, List<String>> query) {
        query.keySet().stream().filter(name -> !name.equals("_format")).sorted().forEach(name -> {
            throw BadParameter.unknown(name);
        });
        SearchParameters.format(query);
    }
}
