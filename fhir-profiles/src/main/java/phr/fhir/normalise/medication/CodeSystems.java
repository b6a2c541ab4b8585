package phr.fhir.normalise.medication;

import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Coding;
import phr.fhir.normalise.medication.part.Faults;
import phr.fhir.normalise.medication.record.NotebookRecord;
import phr.fhir.text.TsvTable;

/** From code types (種別) to code systems, {@code systems.tsv} (medication-notebook.md §7). */
final class CodeSystems {

    private static final String NONE = "1";
    private static final List<String[]> ROWS =
            TsvTable.load(CodeSystems.class, "systems.tsv").rows();

    private CodeSystems() {}

    /**
     * The code of a record; under no system when its type is unknown or it is not written like a code of that type (TC-R5).
     *
     * @param list of the code types
     * @return empty when the record has no code
     */
    static Optional<Coding> coding(
            String list, NotebookRecord record, String typeField, String codeField, Faults faults) {
        String type = record.code(typeField);
        String code = record.code(codeField);
        if (code.isEmpty() || type.equals(NONE)) {
            return Optional.empty();
        }
        for (String[] row : ROWS) {
            if (row[0].equals(list) && row[1].equals(type) && code.matches(row[2])) {
                return Optional.of(new Coding().setSystem(row[3]).setCode(code));
            }
        }
        faults.warning(
                "code-invalid", "TC-R5", "the system of the code is not known; kept without system", record.place());
        return Optional.of(new Coding().setCode(code.replaceAll("\\s+", " ")));
    }
}
