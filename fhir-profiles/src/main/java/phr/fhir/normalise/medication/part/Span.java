package phr.fhir.normalise.medication.part;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of a text in bytes. CRLF, LF and CR end a line: none of them is ever the second byte of a character in Windows-31J.
 *
 * @param start of the line
 * @param end without line end and end-of-file marks
 * @param next where the next line starts
 */
record Span(int start, int end, int next) {

    private static final byte END_OF_FILE = 0x1A;

    static List<Span> of(byte[] text, int from, int to) {
        List<Span> lines = new ArrayList<>();
        int start = from;
        while (start < to) {
            int end = start;
            while (end < to && text[end] != '\n' && text[end] != '\r') {
                end++;
            }
            boolean both = end + 1 < to && text[end] == '\r' && text[end + 1] == '\n';
            int next = Math.min(to, end + (both ? 2 : 1));
            lines.add(new Span(start, content(text, start, end), next));
            start = next;
        }
        return lines;
    }

    private static int content(byte[] text, int start, int end) {
        int last = end;
        while (last > start && text[last - 1] == END_OF_FILE) {
            last--;
        }
        return last;
    }

    boolean startsWith(byte[] text, String ascii) {
        if (end - start < ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (text[start + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Nothing but white space. */
    boolean blank(byte[] text) {
        for (int i = start; i < end; i++) {
            if (text[i] != ' ' && text[i] != '\t') {
                return false;
            }
        }
        return true;
    }
}
