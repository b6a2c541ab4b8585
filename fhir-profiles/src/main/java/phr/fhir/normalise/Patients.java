package phr.fhir.normalise;

import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.PhrCategory;

/** The person's own Patient resource, made with the account; no file ever overwrites it (checkup-cda.md §5.1). */
public final class Patients {

    private static final String REPRESENTATION = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation";

    private Patients() {}

    /** The Patient of an account: its id is the person's, its names are written as JP Core does (IDE kanji, SYL kana). */
    public static Draft of(Account account, String ownNamespace) {
        Patient patient = new Patient();
        patient.setId(account.person().toString());
        patient.setGender(account.gender());
        if (account.birthDate() != null) {
            patient.setBirthDateElement(new DateType(account.birthDate().toString()));
        }
        name(patient, account.name(), "IDE");
        name(patient, account.kana(), "SYL");
        SourceIdentity source = new SourceIdentity(ownNamespace, "Patient/" + account.person(), null);
        return new Draft(patient, source, Set.of(PhrCategory.DEMOGRAPHICS), null);
    }

    /** The Patient of an account as a batch of its own, ready for validation. */
    public static Normalised batch(Intake intake) {
        return new Normalised(intake, new Reading(), List.of(of(intake.account(), intake.ownNamespace())), List.of());
    }

    private static void name(Patient patient, @Nullable String written, String representation) {
        if (written == null || written.isBlank()) {
            return;
        }
        String text = written.strip().replaceAll("[\\s\u3000]+", " ");
        HumanName name = patient.addName().setUse(HumanName.NameUse.OFFICIAL).setText(text);
        name.addExtension(REPRESENTATION, new CodeType(representation));
        int space = text.indexOf(' ');
        if (space > 0) {
            name.setFamily(text.substring(0, space)).addGiven(text.substring(space + 1));
        }
    }
}
