package phr.gateway.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.CanonicalJson;

/** The part of an entry that the ledgers are made of, as canonical JSON. */
final class Detail {

    private Detail() {}

    /** @return null when there is nothing to say */
    static @Nullable String of(List<Counterpart> receivers, boolean system, Tally tally) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Counterpart destination = tally.destination();
        if (!receivers.isEmpty() || destination != null) {
            ArrayNode list = json.putArray("counterparts");
            receivers.forEach(party -> list.add(counterpart(party)));
            if (destination != null) {
                list.add(counterpart(destination));
            }
        }
        flag(json, "system", system);
        flag(json, "later", tally.isLater());
        flag(json, "continues", tally.isContinued());
        ObjectNode items = tally.known();
        if (items != null) {
            json.set("items", items);
        }
        Source source = tally.source();
        if (source != null) {
            json.set("source", source(source));
        }
        return json.isEmpty() ? null : text(json);
    }

    static String text(ObjectNode json) {
        return CanonicalJson.text(json);
    }

    private static ObjectNode counterpart(Counterpart party) {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("id", party.id()).put("role", party.role());
        put(json, "name", party.name());
        put(json, "address", party.address());
        put(json, "representative", party.representative());
        put(json, "country", party.country());
        return json;
    }

    private static ObjectNode source(Source source) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("provider", source.provider());
        put(json, "providerName", source.providerName());
        json.put("how", source.how()).put("basis", source.basis());
        json.put("format", source.format()).put("sha256", source.sha256()).put("size", source.size());
        json.put("created", source.created()).put("updated", source.updated());
        json.put("duplicates", source.duplicates()).put("rejected", source.rejected());
        flag(json, "held", source.held());
        return json;
    }

    private static void flag(ObjectNode json, String name, boolean value) {
        if (value) {
            json.put(name, true);
        }
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
