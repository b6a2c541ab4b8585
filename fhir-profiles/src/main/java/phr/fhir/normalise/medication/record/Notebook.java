package phr.fhir.normalise.medication.record;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.StatedPerson;
import phr.fhir.normalise.medication.part.Place;

/**
 * A notebook as far as it could be read.
 *
 * @param place of its header
 * @param patients records 1; more than one is a fault
 * @param remarks records 2
 * @param memos records 4
 * @param pharmacists records 701
 * @param lines lines read, headers and control records not counted
 * @param byPatient 出力区分 2: the patient hands it to an institution
 */
public record Notebook(
        Place place,
        List<NotebookRecord> patients,
        List<NotebookRecord> remarks,
        List<Otc> otc,
        List<NotebookRecord> memos,
        List<Block> blocks,
        List<NotebookRecord> pharmacists,
        int lines,
        boolean byPatient) {

    /** Record 1; null when there is none. */
    public @Nullable NotebookRecord patient() {
        return patients.isEmpty() ? null : patients.get(0);
    }

    /** Whose it says it is; nobody's when it has no record 1. */
    public List<StatedPerson> persons() {
        return patients.isEmpty()
                ? List.of(new StatedPerson("", null, null, null))
                : patients.stream().map(Notebook::person).toList();
    }

    private static StatedPerson person(NotebookRecord patient) {
        return new StatedPerson(
                patient.textOrEmpty("name"),
                patient.text("kana"),
                patient.date("birth-date").orElse(null),
                patient.text("sex"));
    }

    /** Where the person is named, else the header. */
    public Place personPlace() {
        return Optional.ofNullable(patient()).map(NotebookRecord::place).orElse(place);
    }
}
