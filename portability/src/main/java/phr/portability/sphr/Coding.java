package phr.portability.sphr;

import org.jspecify.annotations.Nullable;
import phr.portability.json.JsonObject;

/** A code of a document type. */
public record Coding(String system, String code, @Nullable String display) {

    JsonObject json() {
        JsonObject json = new JsonObject().put("system", system).put("code", code);
        return display == null ? json : json.put("display", display);
    }

    boolean sameAs(Coding other) {
        return system.equals(other.system) && code.equals(other.code);
    }
}
