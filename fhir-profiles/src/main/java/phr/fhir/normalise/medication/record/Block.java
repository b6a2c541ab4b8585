package phr.fhir.normalise.medication.record;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One dispensing: record 5 and everything up to the next (S-2). */
public final class Block {

    private final NotebookRecord start;
    private final List<NotebookRecord> facilities = new ArrayList<>();
    private final List<NotebookRecord> staff = new ArrayList<>();
    private final List<Prescription> prescriptions = new ArrayList<>();
    private final List<NotebookRecord> notes = new ArrayList<>();
    private int lines = 1;

    Block(NotebookRecord start) {
        this.start = start;
        prescriptions.add(new Prescription(null, null));
    }

    /** Record 5. */
    public NotebookRecord start() {
        return start;
    }

    /** 調剤等年月日. */
    public Optional<LocalDate> date() {
        return start.date("date");
    }

    /** Record 11; null when there is none. */
    public @Nullable NotebookRecord facility() {
        return facilities.isEmpty() ? null : facilities.get(0);
    }

    /** Records 15. */
    public List<NotebookRecord> staff() {
        return staff;
    }

    /** In the order of the file; only those with medicines or usages. */
    public List<Prescription> prescriptions() {
        return prescriptions.stream()
                .filter(prescription -> !prescription.isEmpty())
                .toList();
    }

    /** Records 401, 411, 421, 501 and 601. */
    public List<NotebookRecord> notes() {
        return notes;
    }

    /** Understood lines in it. */
    public int lines() {
        return lines;
    }

    Prescription current() {
        return prescriptions.get(prescriptions.size() - 1);
    }

    /** @return false when the record has to be left out: a second facility */
    boolean add(NotebookRecord record) {
        lines++;
        switch (record.number()) {
            case "11" -> {
                facilities.add(record);
                return facilities.size() == 1;
            }
            case "15" -> staff.add(record);
            case "51" -> prescriptions.add(new Prescription(record, null));
            case "55" -> doctor(record);
            case "201" -> current().group(record.rp()).drugs().add(record);
            case "301" -> {
                return current().group(record.rp()).usage(record);
            }
            case "281", "291", "311", "391" ->
                current().group(record.rp()).notes().add(record);
            default -> notes.add(record);
        }
        return true;
    }

    private void doctor(NotebookRecord record) {
        Prescription current = current();
        if (current.isEmpty() && current.doctor() == null) {
            prescriptions.remove(prescriptions.size() - 1);
        }
        prescriptions.add(new Prescription(current.institution(), record));
    }

    void leaveOut(int count) {
        lines -= count;
    }
}
