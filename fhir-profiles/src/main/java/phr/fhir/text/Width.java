package phr.fhir.text;

import java.text.Normalizer;

/** Full-width and half-width forms (全角・半角). */
public final class Width {

    /** From an ASCII sign to its full-width form. */
    private static final int FULL = '\uff01' - '!';

    private Width() {}

    /** Unicode NFKC: for matching and numbers only, the raw text is what is stored. */
    public static String nfkc(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
    }

    /** NFKC without white space at the ends, the full-width space included. */
    public static String nfkcTrimmed(String text) {
        return nfkc(text).strip();
    }

    /** Full-width where there is such a form, kana included; what it means stays the same under NFKC. */
    public static String full(String text) {
        StringBuilder full = new StringBuilder();
        nfkc(text).strip().codePoints().forEach(c -> full.appendCodePoint(c > ' ' && c <= '~' ? c + FULL : c));
        return full.toString();
    }

    static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }
}
