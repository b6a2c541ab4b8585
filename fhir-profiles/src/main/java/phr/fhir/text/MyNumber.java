package phr.fhir.text;

import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds a My Number (個人番号) in text: twelve digits with a valid check digit (regulation.md §6, REQ-SEC-2).
 *
 * <p>Half- and full-width digits, alone or in three groups of four. Digits inside a UUID, a hash, a decimal, an OID or a longer
 * run are no candidates. One in eleven random candidates passes: a hit is a reason to refuse, not a proof.
 */
public final class MyNumber {

    private static final Pattern UUIDS =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final String SEPARATOR = "[ \\t._\\-\\u2010-\\u2015\\u2212\\u30FC\\u30FB]";
    private static final Pattern CANDIDATE = Pattern.compile("(?<![0-9A-Za-z])(?<![0-9][.\\-/])(?:[0-9]{12}|[0-9]{4}("
            + SEPARATOR + ")[0-9]{4}\\1[0-9]{4})(?![0-9A-Za-z])(?![.\\-/][0-9])");

    private MyNumber() {}

    /** Whether the text holds at least one candidate with a valid check digit. */
    public static boolean in(String text) {
        if (text.length() < 12) {
            return false;
        }
        String plain =
                UUIDS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)).replaceAll("x");
        Matcher candidates = CANDIDATE.matcher(plain);
        while (candidates.find()) {
            if (valid(candidates.group().replaceAll("[^0-9]", ""))) {
                return true;
            }
        }
        return false;
    }

    /** Whether twelve digits end in their check digit. */
    static boolean valid(String digits) {
        int sum = 0;
        for (int n = 1; n <= 11; n++) {
            int weight = n <= 6 ? n + 1 : n - 5;
            sum += (digits.charAt(11 - n) - '0') * weight;
        }
        int rest = sum % 11;
        int check = rest <= 1 ? 0 : 11 - rest;
        return digits.charAt(11) - '0' == check;
    }
}
