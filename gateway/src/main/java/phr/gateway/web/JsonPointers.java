package phr.gateway.web;

import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.List;
import java.util.regex.Pattern;

/** Where in a body, as JSON pointer (RFC 6901). Names that no interface would have are not repeated. */
final class JsonPointers {

    private static final Pattern NAME = Pattern.compile("[A-Za-z$_][A-Za-z0-9$_-]{0,40}");

    private JsonPointers() {}

    static String of(List<JsonMappingException.Reference> path) {
        StringBuilder pointer = new StringBuilder();
        for (JsonMappingException.Reference step : path) {
            pointer.append('/');
            if (step.getFieldName() == null) {
                pointer.append(step.getIndex());
            } else {
                pointer.append(NAME.matcher(step.getFieldName()).matches() ? step.getFieldName() : "…");
            }
        }
        return pointer.toString();
    }
}
