package phr.fhir.validate;

import java.util.List;
import java.util.Map;
import java.util.Set;
import phr.fhir.facts.Facts;
import phr.fhir.normalise.SourceIdentity;
import phr.fhir.sample.Sample;
import phr.fhir.sample.Shape;

/**
 * A validated resource as bytes.
 *
 * @param json UTF-8 FHIR JSON that begins {@code {"resourceType":"T","id":"…"} and has no {@code meta}: the store adds it
 * @param profiles received {@code meta.profile}
 * @param tokens {@code system|code} values by token search parameter ({@code code}, {@code category}, {@code type} …)
 */
public record Document(
        Facts facts, SourceIdentity source, List<String> profiles, Map<String, Set<String>> tokens, byte[] json) {

    public Document {
        profiles = List.copyOf(profiles);
        tokens = Map.copyOf(tokens);
    }

    /** A dense sample by itself. */
    public static Document of(Sample sample) {
        Shape shape = sample.shape();
        SourceIdentity source = new SourceIdentity(shape.namespace(), shape.prefix() + sample.key(), shape.version());
        return new Document(shape.facts(sample), source, shape.profiles(), shape.tokens(sample), shape.json(sample));
    }
}
