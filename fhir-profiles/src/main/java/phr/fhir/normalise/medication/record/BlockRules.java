package phr.fhir.normalise.medication.record;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Issue.Severity;
import phr.fhir.normalise.medication.part.Faults;

/** Rules between the records of one dispensing (S-5, S-6). */
final class BlockRules {

    private final Header header;
    private final Faults faults;

    BlockRules(Header header, Faults faults) {
        this.header = header;
        this.faults = faults;
    }

    void check(Block block) {
        if (header.toPatient()) {
            institution(block.facility(), "11", block);
            block.prescriptions().stream()
                    .filter(prescription -> prescription.groups().stream()
                            .anyMatch(group -> !group.drugs().isEmpty()))
                    .forEach(prescription -> institution(prescription.institution(), "51", block));
        }
        block.prescriptions().forEach(prescription -> prescription.groups().forEach(group -> pairs(group, block)));
    }

    private void institution(@Nullable NotebookRecord record, String number, Block block) {
        if (record == null) {
            faults.warning(
                    "required",
                    "S-6",
                    "the dispensing needs a record " + number,
                    block.start().place());
        } else if (List.of("prefecture", "score", "number").stream().anyMatch(field -> record.text(field) == null)) {
            faults.warning("required", "S-6", "都道府県, 点数表 and コード are required", record.place());
        }
    }

    private void pairs(RpGroup group, Block block) {
        NotebookRecord usage = group.usage();
        if (group.drugs().isEmpty() && usage != null) {
            faults.leaveOut(
                    Severity.WARNING, "business-rule", "S-5", "a usage without a medicine of its RP", usage.place());
            block.leaveOut(1);
        }
        if (!group.drugs().isEmpty() && usage == null) {
            faults.warning(
                    "business-rule",
                    "S-5",
                    "a medicine without a usage of its RP",
                    group.drugs().get(0).place());
        }
        if (group.drugs().isEmpty()) {
            for (NotebookRecord note : group.notes()) {
                faults.leaveOut(
                        Severity.WARNING, "business-rule", "S-5", "a note without a medicine of its RP", note.place());
                block.leaveOut(1);
            }
            group.notes().clear();
        }
    }
}
