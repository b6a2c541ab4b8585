package phr.fhir.normalise.tag;

import java.nio.charset.CharacterCodingException;

/** Character references and the five entities of XML; there are no others without a document type. */
final class References {

    private static final int LONGEST = 10;

    private References() {}

    static String resolve(String raw) throws CharacterCodingException {
        StringBuilder text = new StringBuilder(raw.length());
        int at = 0;
        for (int next = raw.indexOf('&'); next >= 0; next = raw.indexOf('&', at)) {
            int end = raw.indexOf(';', next);
            if (end < 0 || end - next > LONGEST) {
                throw new CharacterCodingException();
            }
            text.append(raw, at, next).appendCodePoint(character(raw.substring(next + 1, end)));
            at = end + 1;
        }
        return text.append(raw, at, raw.length()).toString();
    }

    private static int character(String name) throws CharacterCodingException {
        return switch (name) {
            case "lt" -> '<';
            case "gt" -> '>';
            case "amp" -> '&';
            case "quot" -> '"';
            case "apos" -> '\'';
            default -> number(name);
        };
    }

    private static int number(String name) throws CharacterCodingException {
        try {
            boolean hex = name.startsWith("#x");
            int code = name.startsWith("#") ? Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10) : -1;
            if (code >= 0x20 && Character.isDefined(code) || code == '\t' || code == '\n' || code == '\r') {
                return code;
            }
        } catch (NumberFormatException e) {
            throw (CharacterCodingException) new CharacterCodingException().initCause(e);
        }
        throw new CharacterCodingException();
    }
}
