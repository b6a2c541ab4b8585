package phr.fhir.guide;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import phr.fhir.Fhir;

/** What every conformance resource of the guide begins with. */
final class Head {

    private static final String DATE = "2026-01-01";

    private Head() {}

    /** Under the project's own canonical address. */
    static ObjectNode own(String type, String id, String title, String description) {
        return of(type, id, Fhir.CANONICAL + "/" + type + "/" + id, title, description);
    }

    static ObjectNode of(String type, String id, String url, String title, String description) {
        ObjectNode head = JsonNodeFactory.instance
                .objectNode()
                .put("resourceType", type)
                .put("id", id)
                .put("url", url)
                .put("version", Guide.VERSION)
                .put("name", name(id))
                .put("title", title)
                .put("status", "active")
                .put("experimental", false)
                .put("date", DATE)
                .put("publisher", "PHR gateway")
                .put("description", description);
        if (type.equals("SearchParameter")) {
            head.remove("title");
        }
        return head;
    }

    /** {@code phr-checkup-group} becomes {@code PhrCheckupGroup}. */
    private static String name(String id) {
        StringBuilder name = new StringBuilder();
        for (String part : id.split("[-.]", -1)) {
            name.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
        }
        return Character.isLetter(name.charAt(0)) ? name.toString() : "N" + name;
    }
}
