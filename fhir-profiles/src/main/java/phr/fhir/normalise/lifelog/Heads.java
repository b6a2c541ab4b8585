package phr.fhir.normalise.lifelog;

/** What the first bytes of a file tell. */
final class Heads {

    private Heads() {}

    /** Whether the file begins like a JSON object or array, after a byte order mark and blanks if any. */
    static boolean json(byte[] head) {
        for (byte b : head) {
            if (b == '{' || b == '[') {
                return true;
            }
            boolean mark = b == (byte) 0xef || b == (byte) 0xbb || b == (byte) 0xbf;
            if (!mark && !Character.isWhitespace(b)) {
                return false;
            }
        }
        return false;
    }
}
