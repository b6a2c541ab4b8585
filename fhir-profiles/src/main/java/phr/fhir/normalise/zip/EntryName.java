package phr.fhir.normalise.zip;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import phr.fhir.text.Charsets;

/** Names inside a ZIP: UTF-8 with or without the flag that says so, else Windows-31J. */
public final class EntryName {

    private EntryName() {}

    /** @param name decoded as ISO 8859-1, or with real characters when the entry carried the UTF-8 flag */
    public static String decode(String name) {
        if (name.chars().anyMatch(c -> c > 0xFF)) {
            return name;
        }
        return decode(name.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** @param bytes as they stand in the archive */
    public static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, Charsets.WINDOWS_31J);
        }
    }
}
