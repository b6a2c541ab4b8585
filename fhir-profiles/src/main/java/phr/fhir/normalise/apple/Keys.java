package phr.fhir.normalise.apple;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import phr.fhir.Sha256;
import phr.fhir.sample.Moment;

/**
 * Derived keys of the records of a series (lifelog.md §4): the same text as {@link phr.fhir.normalise.lifelog.DerivedKey} has,
 * without putting it together anew for each of millions. Not thread-safe.
 */
final class Keys {

    private static final byte SEPARATOR = 0x1f;
    private static final int INSTANT = 24;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    /** Digits of a millisecond and a Z, as in {@link Moment#form()}. */
    private static final int MILLIS_UTC = Moment.UTC_FORM | 3;

    private final MessageDigest sha256 = Sha256.digester();
    private final byte[] hash = new byte[32];
    private final byte[] hex = new byte[64];
    private final int begin;
    private final byte[] end;
    private byte[] text;

    Keys(String type, AppleDevice device, String unit) {
        byte[] head = (type + '\u001f' + device.source() + '\u001f' + device.model() + '\u001f')
                .getBytes(StandardCharsets.UTF_8);
        this.begin = head.length;
        this.end = ('\u001f' + unit).getBytes(StandardCharsets.UTF_8);
        this.text = Arrays.copyOf(head, head.length + 2 * INSTANT + end.length + 128);
    }

    /** The key of a record in lower-case hex; the same array each time. */
    byte[] of(Moment from, Moment to, byte[] value, int valueFrom, int valueTo) {
        int length = valueTo - valueFrom;
        if (begin + 2 * INSTANT + 2 + length + end.length > text.length) {
            text = Arrays.copyOf(text, text.length + length);
        }
        int at = new Moment(from.micros(), MILLIS_UTC).writeTo(text, begin);
        text[at++] = SEPARATOR;
        at = new Moment(to.micros(), MILLIS_UTC).writeTo(text, at);
        text[at++] = SEPARATOR;
        System.arraycopy(value, valueFrom, text, at, length);
        at += length;
        System.arraycopy(end, 0, text, at, end.length);
        sha256.update(text, 0, at + end.length);
        try {
            sha256.digest(hash, 0, hash.length);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 has 32 bytes", e);
        }
        for (int i = 0; i < hash.length; i++) {
            hex[2 * i] = HEX[hash[i] >> 4 & 15];
            hex[2 * i + 1] = HEX[hash[i] & 15];
        }
        return hex;
    }

    static String text(byte[] key) {
        return new String(key, StandardCharsets.US_ASCII);
    }
}
