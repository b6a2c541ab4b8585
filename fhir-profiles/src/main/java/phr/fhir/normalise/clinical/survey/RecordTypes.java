package phr.fhir.normalise.clinical.survey;

import ca.uhn.fhir.parser.IParser;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.FamilyMemberHistory;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.Media;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationAdministration;
import org.hl7.fhir.r4.model.MedicationDispense;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Specimen;

/** Types of resources that become part of the record; others stay in the original. */
public final class RecordTypes {

    private static final Map<String, Class<? extends Resource>> TAKEN = Stream.<Class<? extends Resource>>of(
                    AllergyIntolerance.class,
                    CarePlan.class,
                    CareTeam.class,
                    Condition.class,
                    Coverage.class,
                    Device.class,
                    DiagnosticReport.class,
                    DocumentReference.class,
                    Encounter.class,
                    FamilyMemberHistory.class,
                    Goal.class,
                    ImagingStudy.class,
                    Immunization.class,
                    Location.class,
                    Media.class,
                    Medication.class,
                    MedicationAdministration.class,
                    MedicationDispense.class,
                    MedicationRequest.class,
                    MedicationStatement.class,
                    Observation.class,
                    Organization.class,
                    Practitioner.class,
                    PractitionerRole.class,
                    Procedure.class,
                    Specimen.class)
            .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, type -> type));

    private RecordTypes() {}

    public static boolean taken(String type) {
        return TAKEN.containsKey(type);
    }

    /** By class: HAPI looks a name up in the letters of the server's country. */
    public static Resource parse(IParser parser, String type, String json) {
        return parser.parseResource(Objects.requireNonNull(TAKEN.get(type), type), json);
    }
}
