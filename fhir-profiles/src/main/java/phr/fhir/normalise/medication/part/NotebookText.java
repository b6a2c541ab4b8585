package phr.fhir.normalise.medication.part;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text of one notebook: one sheet, or the parts of a split, joined before decoding (TC-R3); or parts that are no whole. */
public final class NotebookText {

    private final List<Sheet> sheets;
    private final List<Segment> segments;
    private final @Nullable String refusal;

    private NotebookText(List<Sheet> sheets, List<Segment> segments, @Nullable String refusal) {
        this.sheets = List.copyOf(sheets);
        this.segments = List.copyOf(segments);
        this.refusal = refusal;
    }

    static NotebookText whole(Sheet sheet) {
        return new NotebookText(List.of(sheet), sheet.segments(true), null);
    }

    /** @param parts all of one split, in their order */
    static NotebookText joined(List<Sheet> parts) {
        List<Segment> joined = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            List<Segment> next = parts.get(i).segments(i == 0);
            if (!joined.isEmpty() && !next.isEmpty() && controlLast(parts.get(i - 1))) {
                joined.set(joined.size() - 1, joined.get(joined.size() - 1).upTo(next.get(0)));
            }
            joined.addAll(next);
        }
        return new NotebookText(parts, joined, null);
    }

    private static boolean controlLast(Sheet part) {
        List<Segment> segments = part.segments(false);
        Sheet.Control control = part.control().orElseThrow();
        return segments.stream().noneMatch(segment -> segment.firstLine() > control.line() && !onlyMarks(segment));
    }

    private static boolean onlyMarks(Segment segment) {
        return Span.of(segment.bytes(), 0, segment.bytes().length).stream()
                .allMatch(line -> line.blank(segment.bytes()));
    }

    /** @param why for people, without values */
    static NotebookText refused(List<Sheet> parts, String why) {
        return new NotebookText(
                parts,
                parts.stream().flatMap(part -> part.segments(true).stream()).toList(),
                why);
    }

    /** Why the parts are no whole; null = they are. */
    public @Nullable String refusal() {
        return refusal;
    }

    /** Whether the beginning of the notebook is there. */
    public boolean begins() {
        return refusal == null
                || sheets.get(0).control().map(Sheet.Control::number).orElse(1) == 1;
    }

    /** The first line, {@code JAHISTCnn,n}. */
    public String header() {
        return sheets.get(0).header();
    }

    /** Where it begins. */
    public Place place() {
        return sheets.get(0).place();
    }

    /** The parts as received, one after the other. */
    public byte[] original() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        sheets.forEach(sheet -> all.writeBytes(sheet.bytes()));
        return all.toByteArray();
    }

    /** Every line that is not blank, but for headers and control records. */
    public List<WrittenLine> lines(Faults faults) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        segments.forEach(segment -> all.writeBytes(segment.bytes()));
        byte[] text = all.toByteArray();
        List<Span> lines = Span.of(text, 0, text.length);
        boolean marked = sheets.stream().anyMatch(sheet -> Sheet.mark(sheet.bytes()) > 0);
        Characters characters = Characters.of(text, lines, marked, faults);
        if (!characters.standard()) {
            faults.warning("structure", "TC-R2", "the text is UTF-8; the standard says Shift_JIS", place());
        }
        Walk walk = new Walk(segments);
        List<WrittenLine> written = new ArrayList<>();
        for (Span line : lines) {
            Place at = walk.at(line.start());
            if (!line.blank(text) && !line.startsWith(text, Sheet.MARK)) {
                written.add(characters.decode(Arrays.copyOfRange(text, line.start(), line.end()), at));
            }
        }
        return written;
    }

    /** From offsets in the joined text to places in its parts, in rising order. */
    private static final class Walk {

        private final List<Segment> segments;
        private int segment;
        private int base;
        private int index;
        private List<Span> lines = List.of();

        Walk(List<Segment> segments) {
            this.segments = segments;
            open();
        }

        private void open() {
            byte[] bytes = segments.get(segment).bytes();
            lines = Span.of(bytes, 0, bytes.length);
            index = 0;
        }

        Place at(int offset) {
            while (segment + 1 < segments.size()
                    && offset >= base + segments.get(segment).bytes().length) {
                base += segments.get(segment).bytes().length;
                segment++;
                open();
            }
            while (index + 1 < lines.size() && lines.get(index + 1).start() <= offset - base) {
                index++;
            }
            Segment here = segments.get(segment);
            return new Place(here.entry(), here.firstLine() + index);
        }
    }
}
