package phr.fhir.normalise.other;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import phr.fhir.normalise.Content;
import phr.fhir.text.MyNumber;

/** Text of unknown files: how it is written, and whether a My Number is in it. */
final class Texts {

    /** Characters read at a time; each piece begins with the end of the one before. */
    private static final int PIECE = 32 * 1024;

    private static final int OVERLAP = 64;
    private static final List<Charset> CHARSETS = List.of(StandardCharsets.UTF_8, Charset.forName("windows-31j"));

    private Texts() {}

    /** Empty when it is no text. A head that ends within a character is fine. */
    static Optional<Charset> charset(byte[] head) {
        if (begins(head, 0xff, 0xfe)) {
            return Optional.of(StandardCharsets.UTF_16LE);
        }
        if (begins(head, 0xfe, 0xff)) {
            return Optional.of(StandardCharsets.UTF_16BE);
        }
        return CHARSETS.stream().filter(charset -> readable(head, charset)).findFirst();
    }

    private static boolean begins(byte[] head, int first, int second) {
        return head.length >= 2 && (head[0] & 0xff) == first && (head[1] & 0xff) == second;
    }

    private static boolean readable(byte[] head, Charset charset) {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(head.length + 1);
        CoderResult result = decoder.decode(ByteBuffer.wrap(head), text, false);
        text.flip();
        return !result.isError() && text.chars().noneMatch(Texts::control);
    }

    private static boolean control(int character) {
        return character < ' '
                && character != '\t'
                && character != '\n'
                && character != '\r'
                && character != '\f'
                // the mark that ends a file of old
                && character != 0x1a;
    }

    /** The text without a byte order mark and blanks before it. */
    static String start(byte[] head, Charset charset) {
        String text = new String(head, charset);
        return (text.startsWith("\ufeff") ? text.substring(1) : text).stripLeading();
    }

    /** The line of the first My Number; 0 when there is none. */
    static long myNumber(Content content, Charset charset) throws IOException {
        try (InputStream in = content.open();
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, charset))) {
            char[] buffer = new char[PIECE];
            String before = "";
            long line = 1;
            for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
                String text = before + new String(buffer, 0, read);
                if (MyNumber.in(text)) {
                    return line
                            + text.lines().takeWhile(one -> !MyNumber.in(one)).count();
                }
                int kept = Math.max(0, text.length() - OVERLAP);
                line += text.chars().limit(kept).filter(c -> c == '\n').count();
                before = text.substring(kept);
            }
            return 0;
        }
    }
}
