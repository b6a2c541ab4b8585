package phr.fhir.guide;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.fhir.Fhir;

/**
 * What a value set of the guide holds, in the form of a token search. It is as long as the table behind it.
 *
 * @param url canonical address
 * @param tokens {@code system|code}, or {@code system|} for all codes of a system
 * @param series {@code system|code} of the series of measurements that the codes are, whatever the method; null for other sets
 */
public record Expansion(
        String url, List<String> tokens, @Nullable String series) {

    private static final Map<String, Expansion> ALL = Guide.artefacts().stream()
            .filter(artefact -> artefact.type().equals("ValueSet"))
            .map(Expansion::of)
            .collect(Collectors.toUnmodifiableMap(Expansion::url, Function.identity()));

    public Expansion {
        tokens = List.copyOf(tokens);
    }

    /**
     * @param address canonical, or relative to the guide as in {@code ValueSet/checkup-concept-hba1c}; either with or without
     *     {@code |version}
     * @return empty when the guide has no such value set, or another version of it
     */
    public static Optional<Expansion> find(String address) {
        int bar = address.indexOf('|');
        if (bar >= 0 && !address.substring(bar + 1).equals(Guide.VERSION)) {
            return Optional.empty();
        }
        String url = bar < 0 ? address : address.substring(0, bar);
        return Optional.ofNullable(ALL.get(url.startsWith("ValueSet/") ? Fhir.CANONICAL + "/" + url : url));
    }

    private static Expansion of(Artefact set) {
        List<String> tokens = new ArrayList<>();
        for (JsonNode include : set.json().at("/compose/include")) {
            String system = include.path("system").asText();
            include.path("concept")
                    .forEach(concept ->
                            tokens.add(system + "|" + concept.path("code").asText()));
            if (!include.has("concept")) {
                tokens.add(system + "|");
            }
        }
        return new Expansion(set.url(), tokens, ValueSets.series(set.id()));
    }
}
