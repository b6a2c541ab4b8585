package phr.fhir.normalise.medication.part;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.fhir.text.Charsets;

/**
 * Decodes the lines of one text: Windows-31J, or UTF-8 where it is that (TC-R2). Nothing is ever replaced: bytes that do not fit
 * and text that an earlier program has decoded wrongly (文字化け) make their field unreadable.
 */
final class Characters {

    private static final String RULE = "TC-R2";
    /** A line of Windows-31J is valid UTF-8 with one kanji by accident, with two hardly ever. */
    private static final int SURE = 2;

    private final Charset charset;
    private final Faults faults;

    private Characters(Charset charset, Faults faults) {
        this.charset = charset;
        this.faults = faults;
    }

    /** For a text whose lines are these. */
    static Characters of(byte[] text, List<Span> lines, boolean marked, Faults faults) {
        int modern = 0;
        int legacy = 0;
        for (Span line : lines) {
            byte[] bytes = Arrays.copyOfRange(text, line.start(), line.end());
            if (!ascii(bytes)) {
                boolean utf8 = kanji(bytes) >= 1;
                modern += utf8 ? 1 : 0;
                legacy += utf8 ? 0 : 1;
            }
        }
        return new Characters(marked || modern > legacy ? StandardCharsets.UTF_8 : Charsets.WINDOWS_31J, faults);
    }

    /** Whether the text is what the standard says it is. */
    boolean standard() {
        return charset.equals(Charsets.WINDOWS_31J);
    }

    WrittenLine decode(byte[] line, Place place) {
        List<@Nullable String> fields = new ArrayList<>();
        boolean told = false;
        for (byte[] field : split(line)) {
            boolean odd = odd(field);
            if (odd && !told) {
                faults.warning(
                        "structure",
                        RULE,
                        "the line is in another character set than the file; read all the same",
                        place);
            }
            told |= odd;
            fields.add(field(field, odd ? other() : charset, place, fields.size()));
        }
        return new WrittenLine(place, Collections.unmodifiableList(fields));
    }

    /** Whether the bytes are text of the other character set. */
    private boolean odd(byte[] field) {
        return standard() ? kanji(field) >= SURE : strict(field, charset) == null && strict(field, other()) != null;
    }

    private Charset other() {
        return standard() ? StandardCharsets.UTF_8 : Charsets.WINDOWS_31J;
    }

    private @Nullable String field(byte[] bytes, Charset in, Place place, int position) {
        String text = strict(bytes, in);
        if (text == null) {
            fault("bytes of field " + position + " are no characters of the file's set", place);
        } else if (text.chars().anyMatch(Characters::control)) {
            fault("field " + position + " holds control characters", place);
        } else if (garbled(text, in)) {
            fault("field " + position + " was decoded wrongly before it was sent", place);
        } else {
            return text;
        }
        return null;
    }

    private void fault(String text, Place place) {
        faults.error("structure", RULE, text, place);
    }

    private static boolean control(int c) {
        return c < ' ' && c != '\t' || c >= 0x7F && c < 0xA0 || c == 0xFFFE || c == 0xFFFF;
    }

    /** Replacement characters, or UTF-8 that was read as a legacy character set and written again. */
    private static boolean garbled(String text, Charset in) {
        if (text.indexOf('\uFFFD') >= 0) {
            return true;
        }
        return in.equals(StandardCharsets.UTF_8)
                && (again(text, Charsets.WINDOWS_31J) || again(text, StandardCharsets.ISO_8859_1));
    }

    private static boolean again(String text, Charset misread) {
        try {
            ByteBuffer bytes = misread.newEncoder().encode(CharBuffer.wrap(text));
            return kanji(Arrays.copyOf(bytes.array(), bytes.limit())) >= SURE;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static List<byte[]> split(byte[] line) {
        List<byte[]> fields = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= line.length; i++) {
            if (i == line.length || line[i] == ',') {
                fields.add(Arrays.copyOfRange(line, start, i));
                start = i + 1;
            }
        }
        return fields;
    }

    private static boolean ascii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    /** How many characters of three bytes or more, as Japanese text has in UTF-8; 0 when it is not UTF-8. */
    private static int kanji(byte[] bytes) {
        int count = 0;
        for (byte b : bytes) {
            count += (b & 0xFF) >= 0xE0 ? 1 : 0;
        }
        return count == 0 || strict(bytes, StandardCharsets.UTF_8) == null ? 0 : count;
    }

    private static @Nullable String strict(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Whether bytes of Windows-31J or UTF-8 stop inside a character. */
    static boolean endsInsideCharacter(byte[] line) {
        if (ascii(line) || kanji(line) > 0) {
            return false;
        }
        boolean inside = false;
        for (byte b : line) {
            int unsigned = b & 0xFF;
            inside = !inside && (unsigned >= 0x81 && unsigned <= 0x9F || unsigned >= 0xE0 && unsigned <= 0xFC);
        }
        return inside || strict(line, Charsets.WINDOWS_31J) == null;
    }
}
