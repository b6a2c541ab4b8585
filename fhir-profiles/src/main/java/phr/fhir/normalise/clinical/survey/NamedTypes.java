package phr.fhir.normalise.clinical.survey;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import phr.fhir.normalise.Content;

/** Finds the types that a file names by a look at its bytes, without parsing: most files of three gigabytes name one only. */
public final class NamedTypes {

    private static final byte[] NAME = "\"resourceType\"".getBytes(StandardCharsets.US_ASCII);
    /** A name, its colon and its value with blanks between them. */
    private static final int LONGEST = 256;

    private static final int BUFFER = 64 * 1024;
    private static final int[] STEPS = steps();
    private static final Set<String> OF_LIFELOGS = Set.of("Bundle", "Observation");

    private NamedTypes() {}

    /** Whether no other type is named, be it of an entry or of a contained resource. */
    public static boolean onlyObservations(Content content) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int kept = 0;
        try (InputStream in = content.open()) {
            for (int read = in.readNBytes(buffer, 0, BUFFER);
                    read > 0;
                    read = in.readNBytes(buffer, kept, BUFFER - kept)) {
                int limit = kept + read;
                if (!onlyObservations(buffer, limit)) {
                    return false;
                }
                // what may go on behind the buffer is looked at again
                kept = limit < BUFFER ? 0 : LONGEST;
                System.arraycopy(buffer, limit - kept, buffer, 0, kept);
            }
        }
        return true;
    }

    private static boolean onlyObservations(byte[] buffer, int limit) {
        int at = 0;
        while (at + NAME.length <= limit) {
            if (Arrays.equals(buffer, at, at + NAME.length, NAME, 0, NAME.length)) {
                String type = value(buffer, at + NAME.length, limit);
                if (!type.isEmpty() && !OF_LIFELOGS.contains(type)) {
                    return false;
                }
            }
            at += STEPS[buffer[at + NAME.length - 1] & 0xff];
        }
        return true;
    }

    /** The text behind the name; empty when it is none, or ends behind the buffer. */
    private static String value(byte[] buffer, int from, int limit) {
        int at = skip(buffer, from, limit);
        if (at == limit || buffer[at] != ':') {
            return "";
        }
        at = skip(buffer, at + 1, limit);
        if (at == limit || buffer[at] != '"') {
            return "";
        }
        int start = at + 1;
        at = start;
        while (at < limit && buffer[at] != '"') {
            at++;
        }
        return at == limit ? "" : new String(buffer, start, at - start, StandardCharsets.UTF_8);
    }

    private static int skip(byte[] buffer, int from, int limit) {
        int at = from;
        while (at < limit && (buffer[at] == ' ' || buffer[at] == '\t' || buffer[at] == '\n' || buffer[at] == '\r')) {
            at++;
        }
        return at;
    }

    /** How far to go on from the byte under the end of the name (Horspool). */
    private static int[] steps() {
        int[] steps = new int[256];
        Arrays.fill(steps, NAME.length);
        for (int i = 0; i < NAME.length - 1; i++) {
            steps[NAME[i]] = NAME.length - 1 - i;
        }
        return steps;
    }
}
