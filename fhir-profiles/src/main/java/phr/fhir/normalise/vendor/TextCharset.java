package phr.fhir.normalise.vendor;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import phr.fhir.normalise.Content;
import phr.fhir.text.Charsets;

/** Tells UTF-8 and UTF-16 from Shift_JIS: by the byte order mark, else by what the bytes can be. */
final class TextCharset {

    private TextCharset() {}

    static Charset of(Content content) throws IOException {
        try (InputStream in = content.open()) {
            byte[] head = in.readNBytes(2);
            if (head.length == 2 && head[0] == (byte) 0xFF && head[1] == (byte) 0xFE) {
                return StandardCharsets.UTF_16LE;
            }
            if (head.length == 2 && head[0] == (byte) 0xFE && head[1] == (byte) 0xFF) {
                return StandardCharsets.UTF_16BE;
            }
        }
        long wrong = unreadable(content, StandardCharsets.UTF_8, Long.MAX_VALUE);
        boolean japanese = wrong > 0 && unreadable(content, Charsets.WINDOWS_31J, wrong) < wrong;
        return japanese ? Charsets.WINDOWS_31J : StandardCharsets.UTF_8;
    }

    /** The same of a beginning, which may end within a character. */
    static Charset of(byte[] head) {
        if (head.length > 1 && head[0] == (byte) 0xFF && head[1] == (byte) 0xFE) {
            return StandardCharsets.UTF_16LE;
        }
        if (head.length > 1 && head[0] == (byte) 0xFE && head[1] == (byte) 0xFF) {
            return StandardCharsets.UTF_16BE;
        }
        String utf8 = new String(head, StandardCharsets.UTF_8);
        String japanese = new String(head, Charsets.WINDOWS_31J);
        // the last character may be cut off
        return replaced(utf8) > 1 && replaced(japanese) < replaced(utf8)
                ? Charsets.WINDOWS_31J
                : StandardCharsets.UTF_8;
    }

    private static long replaced(String text) {
        return text.chars().filter(c -> c == '\uFFFD').count();
    }

    /** What cannot be read becomes U+FFFD, so that its row is found. */
    static Reader reader(Content content, Charset charset) throws IOException {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        return new InputStreamReader(content.open(), decoder);
    }

    /** How many places cannot be read; stops where it is more than would matter. */
    private static long unreadable(Content content, Charset charset, long enough) throws IOException {
        long wrong = 0;
        char[] buffer = new char[1 << 14];
        try (Reader reader = reader(content, charset)) {
            for (int read = reader.read(buffer); read >= 0 && wrong <= enough; read = reader.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    wrong += buffer[i] == '\uFFFD' ? 1 : 0;
                }
            }
        }
        return wrong;
    }
}
