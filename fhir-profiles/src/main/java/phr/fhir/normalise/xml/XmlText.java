package phr.fhir.normalise.xml;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.text.Charsets;

/**
 * Bytes of an XML file to characters: mark or declaration decides, UTF-8 otherwise. Illegal bytes are an error, never
 * replaced. Shift_JIS is decoded here and not by the XML parser, whose own table lacks ① and 髙 (checkup-cda.md §5.3).
 */
public final class XmlText {

    private static final int HEAD = 256;
    private static final Pattern DECLARATION =
            Pattern.compile("^<\\?xml[^>]*?encoding\\s*=\\s*[\"']([A-Za-z0-9._:-]+)[\"']");
    private static final Set<String> WINDOWS_31J =
            Set.of("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "ms932", "cp932", "ms_kanji");

    private XmlText() {}

    public static Reader reader(InputStream in) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(in, HEAD);
        byte[] head = bytes.readNBytes(HEAD);
        int mark = markLength(head);
        bytes.unread(head, mark, head.length - mark);
        return new InputStreamReader(
                bytes,
                charsetOf(head)
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    /** First characters for recognising; what cannot be decoded is replaced. */
    public static String peek(byte[] head) {
        try {
            return new String(head, charsetOf(head));
        } catch (phr.fhir.failure.FailureException e) {
            return new String(head, StandardCharsets.ISO_8859_1);
        }
    }

    private static Charset charsetOf(byte[] head) {
        if (starts(head, 0xEF, 0xBB, 0xBF)) {
            return StandardCharsets.UTF_8;
        }
        if (starts(head, 0xFE, 0xFF) || starts(head, 0, '<')) {
            return StandardCharsets.UTF_16BE;
        }
        if (starts(head, 0xFF, 0xFE) || starts(head, '<', 0)) {
            return StandardCharsets.UTF_16LE;
        }
        String start = new String(head, 0, Math.min(head.length, HEAD), StandardCharsets.ISO_8859_1);
        Matcher declaration = DECLARATION.matcher(start);
        return declaration.find() ? named(declaration.group(1)) : StandardCharsets.UTF_8;
    }

    private static Charset named(String name) {
        if (WINDOWS_31J.contains(name.toLowerCase(Locale.ROOT))) {
            return Charsets.WINDOWS_31J;
        }
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw Failure.of(Category.MALFORMED, "CDA-5.3", "unknown encoding in the XML declaration", "line 1")
                    .exception();
        }
    }

    private static int markLength(byte[] head) {
        if (starts(head, 0xEF, 0xBB, 0xBF)) {
            return 3;
        }
        return starts(head, 0xFE, 0xFF) || starts(head, 0xFF, 0xFE) ? 2 : 0;
    }

    private static boolean starts(byte[] head, int... expected) {
        if (head.length < expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((head[i] & 0xFF) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
