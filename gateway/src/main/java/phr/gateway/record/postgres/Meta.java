package phr.gateway.record.postgres;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import phr.fhir.facts.LabelHit;
import phr.fhir.facts.Labels;
import phr.fhir.normalise.SourceIdentity;
import phr.fhir.validate.Document;
import phr.gateway.record.LabelCodings;

/** Puts {@code meta} behind the id of a resource without parsing it: version, time, source, profiles and security labels. */
final class Meta {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Meta() {}

    /** The JSON without its beginning {@code {"resourceType":"T","id":"…"}: the same for the same content. */
    static byte[] rest(Document document) {
        byte[] head = head(document.facts().type(), document.facts().id());
        byte[] json = document.json();
        if (json.length <= head.length || !Arrays.equals(json, 0, head.length, head, 0, head.length)) {
            throw new IllegalArgumentException("a validated document begins with its resource type and id");
        }
        return Arrays.copyOfRange(json, head.length, json.length);
    }

    /** @param id under which it is stored */
    static byte[] spliced(Document document, UUID id, int version, Instant lastUpdated, Labels labels) {
        byte[] head = head(document.facts().type(), id);
        byte[] meta = meta(document, version, lastUpdated, labels).getBytes(StandardCharsets.UTF_8);
        byte[] rest = rest(document);
        byte[] json = Arrays.copyOf(head, head.length + meta.length + rest.length);
        System.arraycopy(meta, 0, json, head.length, meta.length);
        System.arraycopy(rest, 0, json, head.length + meta.length, rest.length);
        return json;
    }

    private static byte[] head(String type, UUID id) {
        return ("{\"resourceType\":\"" + type + "\",\"id\":\"" + id + "\"").getBytes(StandardCharsets.UTF_8);
    }

    private static String meta(Document document, int version, Instant lastUpdated, Labels labels) {
        return beforeRest(version, lastUpdated)
                + behindTime(
                        document.source(),
                        document.profiles(),
                        labels,
                        document.facts().basis().hits());
    }

    /** The beginning: what differs from version to version. */
    static String beforeRest(int version, Instant lastUpdated) {
        return ",\"meta\":{\"versionId\":\"" + version + "\",\"lastUpdated\":\"" + lastUpdated + '"';
    }

    /** The rest of it. */
    static String behindTime(SourceIdentity source, List<String> profiles, Labels labels, List<LabelHit> hits) {
        StringBuilder meta = new StringBuilder();
        // The identifier system "a URI" names no source.
        if (isAbsoluteUri(source.namespace()) && !source.namespace().equals("urn:ietf:rfc:3986")) {
            meta.append(",\"source\":").append(quoted(source.namespace()));
        }
        array(meta, "profile", profiles.stream().map(Meta::quoted).toList());
        array(meta, "security", LabelCodings.json(labels, hits));
        return meta.append('}').toString();
    }

    private static void array(StringBuilder meta, String name, List<String> values) {
        if (!values.isEmpty()) {
            meta.append(",\"")
                    .append(name)
                    .append("\":[")
                    .append(String.join(",", values))
                    .append(']');
        }
    }

    /** The same JSON with other labels in the {@code meta} that {@link #spliced} put there. */
    static byte[] relabelled(byte[] json, Labels labels, List<LabelHit> hits) {
        try (JsonParser parser = JSON.getFactory().createParser(json)) {
            JsonToken token = parser.nextToken();
            while (token != null && !(token == JsonToken.FIELD_NAME && "meta".equals(parser.currentName()))) {
                token = parser.nextToken();
            }
            parser.nextToken();
            int from = (int) parser.currentTokenLocation().getByteOffset();
            ObjectNode meta = parser.readValueAsTree();
            int to = (int) parser.currentLocation().getByteOffset();
            meta.remove("security");
            List<String> codings = LabelCodings.json(labels, hits);
            if (!codings.isEmpty()) {
                meta.set("security", JSON.readTree("[" + String.join(",", codings) + "]"));
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + 128);
            out.write(json, 0, from);
            out.write(JSON.writeValueAsBytes(meta));
            out.write(json, to, json.length - to);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("stored JSON is JSON", e);
        }
    }

    static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    private static boolean isAbsoluteUri(String namespace) {
        try {
            return new URI(namespace).isAbsolute();
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
