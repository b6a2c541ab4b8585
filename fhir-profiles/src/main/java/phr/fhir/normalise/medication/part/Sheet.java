package phr.fhir.normalise.medication.part;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A piece of text from one header line to the next or to the end of its file: a whole notebook, or one part of a split one.
 *
 * @param entry name of the file inside an archive
 * @param firstLine number of the header line in its file
 * @param bytes as received, the header line included
 */
record Sheet(@Nullable String entry, int firstLine, byte[] bytes) {

    static final String MARK = "JAHISTC";

    private static final String CONTROL = "911,";
    private static final Pattern NUMBERS = Pattern.compile("911,(\\d{14}),(\\d{1,3}),(\\d{1,3}),*");
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /**
     * 分割制御.
     *
     * @param id of the whole, null = the record is damaged
     * @param line where it stands
     */
    record Control(@Nullable String id, int total, int number, int line) {

        boolean valid() {
            return id != null && number >= 1 && number <= total;
        }
    }

    /** Bytes at the beginning of a file that say UTF-8. */
    static int mark(byte[] file) {
        boolean marked = file.length >= BYTE_ORDER_MARK.length
                && Arrays.equals(file, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
        return marked ? BYTE_ORDER_MARK.length : 0;
    }

    /** Cuts a file at its header lines; what stands before the first is left out. */
    static List<Sheet> of(@Nullable String entry, byte[] file) {
        List<Sheet> sheets = new ArrayList<>();
        List<Span> lines = Span.of(file, mark(file), file.length);
        int begun = -1;
        for (int i = 0; i <= lines.size(); i++) {
            if (i == lines.size() || lines.get(i).startsWith(file, MARK)) {
                if (begun >= 0) {
                    int from = begun == 0 ? 0 : lines.get(begun).start();
                    int to = i == lines.size() ? file.length : lines.get(i).start();
                    sheets.add(new Sheet(entry, begun + 1, Arrays.copyOfRange(file, from, to)));
                }
                begun = i;
            }
        }
        return sheets;
    }

    /** Lines that are not blank before the first header line. */
    static int before(byte[] file) {
        int count = 0;
        for (Span line : Span.of(file, mark(file), file.length)) {
            if (line.startsWith(file, MARK)) {
                return count;
            }
            count += line.blank(file) ? 0 : 1;
        }
        return count;
    }

    List<Span> lines() {
        return Span.of(bytes, mark(bytes), bytes.length);
    }

    String header() {
        Span first = lines().get(0);
        return new String(bytes, first.start(), first.end() - first.start(), StandardCharsets.ISO_8859_1);
    }

    Place place() {
        return new Place(entry, firstLine);
    }

    /** The control record, if the sheet has one: then it is a part only. */
    Optional<Control> control() {
        List<Span> lines = lines();
        int at = controlAt(lines);
        if (at < 0) {
            return Optional.empty();
        }
        Span line = lines.get(at);
        String text = new String(bytes, line.start(), line.end() - line.start(), StandardCharsets.ISO_8859_1);
        Matcher numbers = NUMBERS.matcher(text.strip());
        int number = firstLine + at;
        return Optional.of(
                numbers.matches()
                        ? new Control(
                                numbers.group(1),
                                Integer.parseInt(numbers.group(2)),
                                Integer.parseInt(numbers.group(3)),
                                number)
                        : new Control(null, 0, 0, number));
    }

    private int controlAt(List<Span> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(bytes, CONTROL)) {
                return i;
            }
        }
        return -1;
    }

    /** The sheet without its control record. */
    List<Segment> segments(boolean withHeader) {
        List<Span> lines = lines();
        int control = controlAt(lines);
        int from = withHeader ? 0 : 1;
        List<Segment> segments = new ArrayList<>();
        if (control < 0) {
            segments.add(segment(lines, from, lines.size()));
        } else {
            segments.add(segment(lines, from, control));
            segments.add(segment(lines, control + 1, lines.size()));
        }
        segments.removeIf(Segment::isEmpty);
        return segments;
    }

    private Segment segment(List<Span> lines, int from, int to) {
        if (from >= to) {
            return new Segment(entry, 0, new byte[0]);
        }
        byte[] part = Arrays.copyOfRange(
                bytes, lines.get(from).start(), lines.get(to - 1).next());
        return new Segment(entry, firstLine + from, part);
    }
}
