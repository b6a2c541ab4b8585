package phr.portability;

import java.util.HashMap;
import java.util.Map;

/** Ids at the first provider, for resources that have come from another one. Grows with their number, not with their size. */
final class OriginIds {

    private final Map<String, String> ids = new HashMap<>();

    void put(String typeAndId, String originId) {
        ids.put(typeAndId, originId);
    }

    /** The id at the first provider: the Kept one, else the own. */
    String of(String typeAndId) {
        String kept = ids.get(typeAndId);
        return kept != null ? kept : typeAndId.substring(typeAndId.indexOf('/') + 1);
    }
}
