package phr.fhir.normalise.medication.record;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Issue.Severity;
import phr.fhir.normalise.medication.part.Faults;
import phr.fhir.normalise.medication.part.NotebookText;
import phr.fhir.normalise.medication.part.WrittenLine;

/** Puts the records of one text together (medication-notebook.md §6). */
public final class NotebookReader {

    /** Of one dispensing; notes go with every medicine of theirs, so a hostile one would grow by its square. */
    private static final int MOST_RECORDS = 1000;

    private final Faults faults;
    private final Header header;
    private final LineCheck check;
    private final RecordRules rules;
    private final List<NotebookRecord> patients = new ArrayList<>();
    private final List<NotebookRecord> remarks = new ArrayList<>();
    private final List<NotebookRecord> medicines = new ArrayList<>();
    private final List<NotebookRecord> ingredients = new ArrayList<>();
    private final List<NotebookRecord> memos = new ArrayList<>();
    private final List<NotebookRecord> pharmacists = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private @Nullable Block open;
    private boolean blockLost;
    private int reached;

    private NotebookReader(Header header, Faults faults) {
        this.header = header;
        this.faults = faults;
        this.check = new LineCheck(header, faults);
        this.rules = new RecordRules(header, faults);
    }

    /**
     * @param lines of the text
     * @param faults takes what is found
     */
    public static Notebook read(NotebookText text, List<WrittenLine> lines, Faults faults) {
        NotebookReader reader = new NotebookReader(Header.parse(text.header(), text.place(), faults), faults);
        lines.forEach(reader::line);
        return reader.notebook(lines.size());
    }

    private void line(WrittenLine line) {
        boolean start = "5".equals(line.field(0));
        Optional<NotebookRecord> read = check.read(line);
        if (start && (read.isEmpty() || read.get().date("date").isEmpty())) {
            lose(line, read.isPresent());
            return;
        }
        read.ifPresent(record -> {
            rules.check(record);
            place(record);
        });
    }

    /** What follows belongs to this dispensing, of which nobody knows when it was. */
    private void lose(WrittenLine line, boolean counted) {
        open = null;
        blockLost = true;
        faults.leaveOut(counted ? 1 : 0);
        faults.error(
                "required",
                "S-2",
                "the date of the dispensing is missing or none; nothing of the dispensing is taken",
                line.place());
    }

    private void place(NotebookRecord record) {
        RecordType type = RecordType.find(record.number()).orElseThrow();
        if (type.order() < reached) {
            faults.warning("structure", "S-1", "the record stands behind its place in the order", record.place());
        }
        reached = Math.max(reached, type.order());
        if (type.inBlock()) {
            block(record);
            return;
        }
        switch (record.number()) {
            case "1" -> patient(record);
            case "2" -> remarks.add(record);
            case "3" -> medicines.add(record);
            case "31" -> ingredients.add(record);
            case "4" -> memos.add(record);
            default -> pharmacists.add(record);
        }
    }

    private void patient(NotebookRecord record) {
        if (!patients.isEmpty()) {
            faults.error("structure", "S-1", "a second record of the patient", record.place());
        }
        patients.add(record);
    }

    private void block(NotebookRecord record) {
        if (record.number().equals("5")) {
            follows(record);
            open = new Block(record);
            blockLost = false;
            blocks.add(open);
        } else if (open == null) {
            faults.leaveOut(
                    blockLost ? Severity.INFORMATION : Severity.ERROR,
                    "structure",
                    blockLost ? "S-2" : "S-3",
                    blockLost
                            ? "belongs to a dispensing without a date"
                            : "a record of a dispensing before any record 5",
                    record.place());
        } else if (open.lines() >= MOST_RECORDS) {
            faults.leaveOut(
                    Severity.ERROR, "too-long", "TC-6", "a dispensing of more records than are read", record.place());
        } else if (!open.add(record)) {
            open.leaveOut(1);
            faults.leaveOut(
                    Severity.WARNING,
                    "business-rule",
                    "S-4",
                    "a second record of its kind; the first counts",
                    record.place());
        }
    }

    private void follows(NotebookRecord next) {
        Optional<LocalDate> before = blocks.isEmpty()
                ? Optional.empty()
                : blocks.get(blocks.size() - 1).date();
        Optional<LocalDate> date = next.date("date");
        if (before.isPresent() && date.isPresent() && date.get().isAfter(before.get())) {
            faults.information("structure", "S-2", "dispensings do not run from newest to oldest", next.place());
        }
    }

    private Notebook notebook(int lines) {
        BlockRules pairs = new BlockRules(header, faults);
        blocks.forEach(pairs::check);
        if (header.direction() == 2 && patients.isEmpty()) {
            faults.warning("required", "S-7", "the record of the patient is required", header.place());
        }
        return new Notebook(
                header.place(),
                List.copyOf(patients),
                remarks,
                otc(),
                memos,
                blocks,
                pharmacists,
                lines,
                header.direction() == 2);
    }

    private List<Otc> otc() {
        List<Otc> otc = new ArrayList<>();
        Map<String, List<NotebookRecord>> bySerial = new LinkedHashMap<>();
        ingredients.forEach(
                ingredient -> bySerial.computeIfAbsent(ingredient.code("serial"), serial -> new ArrayList<>())
                        .add(ingredient));
        for (NotebookRecord medicine : medicines) {
            String serial = medicine.code("serial");
            List<NotebookRecord> own = serial.isEmpty() ? null : bySerial.remove(serial);
            otc.add(new Otc(medicine, own == null ? List.of() : own));
        }
        bySerial.values().stream()
                .flatMap(List::stream)
                .forEach(orphan -> faults.leaveOut(
                        Severity.ERROR, "business-rule", "S-11", "an ingredient without its medicine", orphan.place()));
        return otc;
    }
}
