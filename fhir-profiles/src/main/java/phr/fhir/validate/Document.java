package phr.fhir.validate;

import java.util.List;
import java.util.Map;
import java.util.Set;
import phr.fhir.facts.Facts;
import phr.fhir.normalise.SourceIdentity;

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
}
