package phr.gateway.record.postgres;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.Facts;
import phr.fhir.facts.LabelBasis;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;
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

    /**
     * Everything that comes from the content; not who sent it this time, nor the version the source gave it, nor what the label
     * tables of the day say.
     */
    private static byte[] content(Document document) {
        Facts facts = document.facts();
        Labels labels = given(facts);
        StringBuilder text = new StringBuilder()
                .append(facts.documentType())
                .append('\0')
                .append(facts.device())
                .append('\0')
                .append(facts.codes().state())
                .append(facts.authors().state())
                .append(labels.labelled())
                .append(labels.confidentiality())
                .append(facts.time());
        append(text, categories(facts));
        append(text, facts.codes().values());
        append(text, facts.authors().values());
        append(text, facts.linksOut());
        append(text, labels.sensitivities());
        append(text, document.profiles());
        byte[] head = text.append('\0').toString().getBytes(StandardCharsets.UTF_8);
        byte[] rest = Meta.rest(document);
        byte[] content = Arrays.copyOf(head, head.length + rest.length);
        System.arraycopy(rest, 0, content, head.length, rest.length);
        return content;
    }

    private static Labels given(Facts facts) {
        if (facts.basis().equals(LabelBasis.NONE)) {
            return facts.labels();
        }
        Labels given = facts.basis().given();
        return given == null ? Labels.LEAST : given;
    }

    private static Collection<String> categories(Facts facts) {
        Set<PhrCategory> own = facts.basis().categories();
        return own == null
                ? Stream.concat(Stream.of(facts.categories().state().name()), facts.categories().values().stream())
                        .toList()
                : own.stream().map(PhrCategory::code).toList();
    }

    private static void append(StringBuilder text, Collection<String> values) {
        text.append('\1');
        new TreeSet<>(values).forEach(value -> text.append(value).append('\0'));
    }
}
