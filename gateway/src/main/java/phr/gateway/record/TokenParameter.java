package phr.gateway.record;

import java.util.ArrayList;
import java.util.List;

/** A token parameter (FHIR R4 search §3.1.1.4.10): alternatives separated by commas, escapes {@code \, \| \$ \\}. */
final class TokenParameter {

    private TokenParameter() {}

    /** @throws phr.fhir.failure.FailureException MALFORMED for an empty alternative, a second bar or a dangling escape */
    static Query.TokenFilter parse(String name, String value) {
        return parse(name, value, false);
    }

    /** @param not the modifier {@code :not} stood with the name */
    static Query.TokenFilter parse(String name, String value, boolean not) {
        List<String> alternatives = new ArrayList<>();
        StringBuilder token = new StringBuilder();
        int bars = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                i++;
                token.append(escaped(name, value, i));
            } else if (c == ',') {
                alternatives.add(checked(name, token, bars));
                token.setLength(0);
                bars = 0;
            } else {
                bars += c == '|' ? 1 : 0;
                token.append(c);
            }
        }
        alternatives.add(checked(name, token, bars));
        return new Query.TokenFilter(name, alternatives, not);
    }

    private static char escaped(String name, String value, int at) {
        if (at == value.length() || "\\,|$".indexOf(value.charAt(at)) < 0) {
            throw malformed(name);
        }
        return value.charAt(at);
    }

    private static String checked(String name, StringBuilder token, int bars) {
        String text = token.toString();
        if (bars > 1 || text.isBlank() || text.equals("|")) {
            throw malformed(name);
        }
        return text;
    }

    private static RuntimeException malformed(String name) {
        return BadParameter.malformed(name, "[system]|[code], |[code], [system]| or [code] expected");
    }
}
