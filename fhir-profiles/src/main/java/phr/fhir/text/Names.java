package phr.fhir.text;

/** Comparing names of persons as Japanese systems write them (checkup-cda.md §5.2). Never for storing. */
public final class Names {

    private static final String SMALL = "ァィゥェォッャュョヮヵヶ";
    private static final String LARGE = "アイウエオツヤユヨワカケ";
    private static final String DASHES = "-‐‑‒–—―−ｰ";

    private Names() {}

    /** NFKC, katakana for hiragana, large for small kana, one long-vowel mark, no white space. */
    public static String key(String name) {
        StringBuilder key = new StringBuilder(name.length());
        Width.nfkc(name).codePoints().filter(c -> !Width.isSpace(c)).forEach(c -> key.appendCodePoint(fold(c)));
        return key.toString();
    }

    /** Whether a name is written in kana alone; takes a {@link #key}. */
    public static boolean isKana(String key) {
        return !key.isEmpty() && key.codePoints().allMatch(c -> c >= 'ァ' && c <= 'ヿ');
    }

    private static int fold(int c) {
        int katakana = c >= 'ぁ' && c <= 'ゖ' ? c + ('ァ' - 'ぁ') : c;
        int small = SMALL.indexOf(katakana);
        if (small >= 0) {
            return LARGE.charAt(small);
        }
        return DASHES.indexOf(katakana) >= 0 ? 'ー' : katakana;
    }
}
