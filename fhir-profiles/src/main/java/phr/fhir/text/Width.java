package phr.fhir.text;

import java.text.Normalizer;

/** Full-width and half-width forms (全角・半角). */
public final class Width {

    private Width() {}

    /** Unicode NFKC: for matching and numbers only, the raw text is what is stored. */
    public static String nfkc(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
    }

    /** NFKC without white space at the ends, the full-width space included. */
    public static String nfkcTrimmed(String text) {
        return nfkc(text).strip();
    }

    static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }
}
