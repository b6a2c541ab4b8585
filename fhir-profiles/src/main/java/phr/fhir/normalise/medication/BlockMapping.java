package phr.fhir.normalise.medication;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.medication.part.Faults;
import phr.fhir.normalise.medication.record.Block;
import phr.fhir.normalise.medication.record.NotebookRecord;
import phr.fhir.normalise.medication.record.Prescription;
import phr.fhir.normalise.medication.record.RpGroup;

/** One dispensing: its medicines, and the notes on them (medication-notebook.md §7). */
final class BlockMapping {

    /** Notes that go with each medicine of a dispensing; what is beyond comes as Communications. */
    private static final int MOST_NOTES = 50;

    private final NotebookDrafts drafts;
    private final Facilities facilities;
    private final Notes notes;
    private final Block block;
    private final LocalDate date;
    private final MedicineWriter writer;
    private final @Nullable String facility;
    private final String key;
    private final Map<String, Integer> occurrences = new HashMap<>();
    private final List<String> medicines = new ArrayList<>();
    private final List<NotebookRecord> shared;

    BlockMapping(NotebookDrafts drafts, Facilities facilities, Block block, Faults faults) {
        this.drafts = drafts;
        this.facilities = facilities;
        this.notes = new Notes(drafts);
        this.block = block;
        this.date = block.date().orElseThrow();
        NotebookRecord from = block.facility();
        this.facility = from == null ? null : facilities.dispensing(from);
        this.key = NotebookDrafts.key(date, Facilities.key(from));
        this.writer = new MedicineWriter(drafts, new Medicines(faults), this.date, facility);
        this.shared = sharedNotes();
    }

    /** Block notes of professionals, when there is a dispensed medicine that they can go with. */
    private List<NotebookRecord> sharedNotes() {
        boolean dispensed = block.prescriptions().stream()
                .flatMap(prescription -> prescription.groups().stream())
                .flatMap(group -> group.drugs().stream())
                .anyMatch(drug -> author(drug).professional());
        return dispensed
                ? block.notes().stream()
                        .filter(note -> author(note).professional())
                        .limit(MOST_NOTES)
                        .toList()
                : List.of();
    }

    void map() {
        block.staff().forEach(this::staff);
        for (Prescription prescription : block.prescriptions()) {
            MedicineWriter.Prescriber prescriber = prescriber(prescription);
            prescription.groups().forEach(group -> group(group, prescriber));
        }
        block.notes().stream()
                .filter(note -> !shared.contains(note))
                .forEach(note -> notes.communication(
                        note, author(note), key, note.date("date").orElse(date), medicines));
    }

    private void staff(NotebookRecord record) {
        writer.performer(facilities.practitioner(
                record.textOrEmpty("name"), record.text("contact"), facility, record.place(), author(record)));
    }

    private MedicineWriter.Prescriber prescriber(Prescription prescription) {
        NotebookRecord institution = prescription.institution();
        NotebookRecord doctor = prescription.doctor();
        String at = institution == null ? null : facilities.institution(institution, author(institution));
        String who = doctor == null
                ? null
                : facilities.practitioner(doctor.textOrEmpty("name"), null, at, doctor.place(), author(doctor));
        return new MedicineWriter.Prescriber(
                at,
                who,
                doctor == null ? null : doctor.text("department"),
                NotebookDrafts.key(Facilities.key(institution), doctor == null ? "" : doctor.textOrEmpty("name")));
    }

    private void group(RpGroup group, MedicineWriter.Prescriber prescriber) {
        List<String> own = new ArrayList<>();
        for (NotebookRecord drug : group.drugs()) {
            own.add(writer.write(
                    drug, author(drug), group, prescriber, drugKey(drug, group, prescriber), withIt(drug, group)));
        }
        medicines.addAll(own);
        for (NotebookRecord note : group.notes()) {
            if (group.drugs().stream().noneMatch(drug -> goesWith(note, drug))) {
                String context = NotebookDrafts.key(key, prescriber.key(), group.number());
                notes.communication(note, author(note), context, date, own);
            }
        }
    }

    private List<MedicineWriter.Note> withIt(NotebookRecord drug, RpGroup group) {
        List<MedicineWriter.Note> all = new ArrayList<>();
        group.notes().stream()
                .filter(note -> goesWith(note, drug))
                .limit(MOST_NOTES)
                .forEach(note -> all.add(new MedicineWriter.Note(note, author(note))));
        if (author(drug).professional()) {
            shared.forEach(note -> all.add(new MedicineWriter.Note(note, author(note))));
        }
        return all;
    }

    /** A professional's note goes with any medicine; another's only with one that is not a professional's either. */
    private boolean goesWith(NotebookRecord note, NotebookRecord drug) {
        return author(note).professional()
                || author(drug).patient() && author(note).patient();
    }

    /** Equal lines of one dispensing are counted; a dispensing that comes twice is the same one. */
    private String drugKey(NotebookRecord drug, RpGroup group, MedicineWriter.Prescriber prescriber) {
        String code = drug.code("code");
        String medicine = code.isEmpty() ? drug.textOrEmpty("name") : drug.code("code-type") + ":" + code;
        String content = NotebookDrafts.key(key, prescriber.key(), group.number(), medicine);
        return content + "|" + occurrences.merge(content, 1, Integer::sum);
    }

    private Author author(NotebookRecord record) {
        return drafts.author(record.creator(), facility);
    }
}
