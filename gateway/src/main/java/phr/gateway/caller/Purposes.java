package phr.gateway.caller;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/** The header {@code Purpose-Of-Use}: codes of consent-semantics.md §7, bare or {@code system|code}, separated by commas. */
final class Purposes {

    static final String HEADER = "Purpose-Of-Use";

    private static final int MOST = 8;
    private static final Pattern CODE = Pattern.compile("[\\x21-\\x2B\\x2D-\\x7E]{1,200}");

    private Purposes() {}

    static List<String> parse(List<String> headers) {
        List<String> codes = new ArrayList<>();
        for (String header : headers) {
            for (String part : header.split(",", -1)) {
                String code = part.strip();
                if (!code.isEmpty() && !codes.contains(code)) {
                    codes.add(accepted(code));
                }
            }
        }
        if (codes.size() > MOST) {
            throw malformed();
        }
        return List.copyOf(codes);
    }

    private static String accepted(String code) {
        if (!CODE.matcher(code).matches()) {
            throw malformed();
        }
        return code;
    }

    private static RuntimeException malformed() {
        return Failure.of(
                        Category.MALFORMED, "purpose", "the header Purpose-Of-Use is not a short list of codes", HEADER)
                .exception();
    }
}
