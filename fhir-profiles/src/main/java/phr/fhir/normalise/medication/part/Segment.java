package phr.fhir.normalise.medication.part;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of one part that go into the joined text.
 *
 * @param entry name of the file inside an archive
 * @param firstLine number of its first line in that file
 */
record Segment(@Nullable String entry, int firstLine, byte[] bytes) {

    private static final Pattern RECORD = Pattern.compile("\\d{1,3},.*", Pattern.DOTALL);

    boolean isEmpty() {
        return bytes.length == 0;
    }

    /**
     * Without the line end that only sets its control record apart, when the next part goes on inside the same line: inside a
     * two-byte character, or with something that begins no record.
     */
    Segment upTo(Segment next) {
        List<Span> lines = Span.of(bytes, 0, bytes.length);
        if (lines.isEmpty()) {
            return this;
        }
        Span last = lines.get(lines.size() - 1);
        byte[] open = Arrays.copyOfRange(bytes, last.start(), last.end());
        boolean goesOn = Characters.endsInsideCharacter(open) || !next.beginsRecord();
        return goesOn ? new Segment(entry, firstLine, Arrays.copyOf(bytes, last.end())) : this;
    }

    private boolean beginsRecord() {
        String head = new String(bytes, 0, Math.min(bytes.length, 4), StandardCharsets.ISO_8859_1);
        return RECORD.matcher(head).matches();
    }
}
