package phr.gateway.record.postgres;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.Labels;
import phr.fhir.validate.Document;

/** Puts {@code meta} behind the id of a resource without parsing it: version, time, source, profiles and security labels. */
final class Meta {

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
    static byte[] spliced(Document document, UUID id, int version, Instant lastUpdated) {
        byte[] head = head(document.facts().type(), id);
        byte[] meta = meta(document, version, lastUpdated).getBytes(StandardCharsets.UTF_8);
        byte[] rest = rest(document);
        byte[] json = Arrays.copyOf(head, head.length + meta.length + rest.length);
        System.arraycopy(meta, 0, json, head.length, meta.length);
        System.arraycopy(rest, 0, json, head.length + meta.length, rest.length);
        return json;
    }

    private static byte[] head(String type, UUID id) {
        return ("{\"resourceType\":\"" + type + "\",\"id\":\"" + id + "\"").getBytes(StandardCharsets.UTF_8);
    }

    private static String meta(Document document, int version, Instant lastUpdated) {
        StringBuilder meta = new StringBuilder(",\"meta\":{\"versionId\":\"")
                .append(version)
                .append("\",\"lastUpdated\":\"")
                .append(lastUpdated)
                .append('"');
        // The identifier system "a URI" names no source.
        if (isAbsoluteUri(document.source().namespace())
                && !document.source().namespace().equals("urn:ietf:rfc:3986")) {
            meta.append(",\"source\":").append(quoted(document.source().namespace()));
        }
        array(meta, "profile", document.profiles().stream().map(Meta::quoted).toList());
        array(meta, "security", labels(document.facts().labels()));
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

    /** An unlabelled resource carries no label: nobody has given it one. */
    private static List<String> labels(Labels labels) {
        List<String> codings = new ArrayList<>();
        if (labels.labelled()) {
            codings.add(coding(Confidentiality.SYSTEM, labels.confidentiality().name()));
        }
        codings.addAll(labels.sensitivities().stream()
                .sorted()
                .map(code -> code.indexOf('|') < 0
                        ? coding(Labels.SENSITIVITY_SYSTEM, code)
                        : coding(code.substring(0, code.indexOf('|')), code.substring(code.indexOf('|') + 1)))
                .collect(Collectors.toList()));
        return codings;
    }

    private static String coding(String system, String code) {
        String first = system.isEmpty() ? "{" : "{\"system\":" + quoted(system) + ",";
        return first + "\"code\":" + quoted(code) + "}";
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
