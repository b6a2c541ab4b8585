package phr.fhir.normalise.checkup;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import phr.fhir.text.Width;

/** Numbers as senders write them (checkup-cda.md §6.4, N-12). */
final class Numbers {

    /** FHIR implementations need not carry more than 18 digits. */
    private static final Pattern NUMBER = Pattern.compile("([+-]?)0*(\\d{1,12})(\\.\\d{1,6})?");

    private Numbers() {}

    /** After NFKC, without plus sign and leading zeros, decimals as written; empty when the text is no number. */
    static Optional<BigDecimal> parse(String raw) {
        Matcher number = NUMBER.matcher(Width.nfkcTrimmed(raw).replace('−', '-'));
        if (!number.matches()) {
            return Optional.empty();
        }
        String sign = number.group(1).equals("-") ? "-" : "";
        String decimals = number.group(3) == null ? "" : number.group(3);
        return Optional.of(new BigDecimal(sign + number.group(2) + decimals));
    }
}
