package phr.gateway.record.postgres;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.Facts;
import phr.fhir.validate.Document;
import phr.gateway.keys.DataKey;
import phr.gateway.record.postgres.Blinding.Kind;

/**
 * A document of a batch on its way in.
 *
 * @param sourceKey source identity, blinded
 * @param ref the proposed {@code Type/id}, blinded
 * @param content fingerprint: the same for the same content
 * @param original of a Binary: its bytes
 */
record Incoming(
        Document document,
        UUID sourceKey,
        long ref,
        UUID content,
        @Nullable UUID original) {

    static Incoming of(Document document, @Nullable UUID original, DataKey key, Blinding blinding) {
        return new Incoming(
                document,
                blinding.identity(document.source()),
                blinding.one(Kind.REFERENCE, document.facts().reference()),
                key.fingerprint(content(document)),
                original);
    }

    String type() {
        return document.facts().type();
    }

    boolean isBinary() {
        return original != null;
    }

    /** Everything that comes from the content; not who sent it this time, nor the version the source gave it. */
    private static byte[] content(Document document) {
        Facts facts = document.facts();
        StringBuilder text = new StringBuilder()
                .append(facts.documentType())
                .append('\0')
                .append(facts.device())
                .append('\0')
                .append(facts.categories().state())
                .append(facts.codes().state())
                .append(facts.authors().state())
                .append(facts.labels().labelled())
                .append(facts.labels().confidentiality())
                .append(facts.time());
        append(text, facts.categories().values());
        append(text, facts.codes().values());
        append(text, facts.authors().values());
        append(text, facts.linksOut());
        append(text, facts.labels().sensitivities());
        append(text, document.profiles());
        byte[] head = text.append('\0').toString().getBytes(StandardCharsets.UTF_8);
        byte[] rest = Meta.rest(document);
        byte[] content = Arrays.copyOf(head, head.length + rest.length);
        System.arraycopy(rest, 0, content, head.length, rest.length);
        return content;
    }

    private static void append(StringBuilder text, Collection<String> values) {
        text.append('\1');
        new TreeSet<>(values).forEach(value -> text.append(value).append('\0'));
    }
}
