package phr.fhir.normalise.tag;

/** Looks for texts that follow each other with nothing but blanks between them. */
final class Passage {

    private Passage() {}

    /** Position behind the texts that begin there; 0 when they do not, {@link TagParser#INCOMPLETE} when the bytes end first. */
    static int behind(byte[] bytes, int from, int end, String... texts) {
        int at = from;
        for (int n = 0; n < texts.length; n++) {
            while (n > 0 && at < end && bytes[at] <= ' ' && bytes[at] >= 0) {
                at++;
            }
            for (int i = 0; i < texts[n].length(); i++, at++) {
                if (at == end) {
                    return TagParser.INCOMPLETE;
                }
                if (bytes[at] != texts[n].charAt(i)) {
                    return 0;
                }
            }
        }
        return at;
    }
}
