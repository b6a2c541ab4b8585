package phr.fhir.facts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The table of labels by code, {@code label-rules.tsv} (consent-semantics.md §8, checkup-fhir.md §6.1a).
 *
 * <p>Columns: rule id, rule version, category that the resource must be in, system, prefix of the code, code of the answer,
 * confidentiality, sensitivities separated by blanks. An empty condition always holds.
 */
final class LabelRules {

    /** One row. */
    private record Rule(String category, String system, String codePrefix, String valueCode, Labels labels) {

        boolean hits(Set<String> categories, Set<String> codes) {
            return (category.isEmpty() || categories.contains(category))
                    && codes.stream().anyMatch(code -> code.startsWith(system + "|" + codePrefix))
                    && (valueCode.isEmpty() || codes.stream().anyMatch(code -> code.endsWith("|" + valueCode)));
        }
    }

    private static final List<Rule> RULES = load();
    private static final Set<String> SYSTEMS = RULES.stream().map(Rule::system).collect(Collectors.toUnmodifiableSet());

    private LabelRules() {}

    /** Whether the table speaks about codes of this system, so that no hit means nothing special. */
    static boolean covers(String system) {
        return SYSTEMS.contains(system);
    }

    /**
     * Labels of every rule that hits.
     *
     * @param categories category codes of the resource
     * @param codes {@code system|code} of its main code, components and answers
     */
    static List<Labels> hits(Set<String> categories, Set<String> codes) {
        return RULES.stream()
                .filter(rule -> rule.hits(categories, codes))
                .map(Rule::labels)
                .toList();
    }

    private static List<Rule> load() {
        try (InputStream table = Objects.requireNonNull(
                        LabelRules.class.getResourceAsStream("label-rules.tsv"), "label-rules.tsv");
                BufferedReader lines = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(LabelRules::rule).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Rule rule(String line) {
        List<String> cells = Arrays.asList(line.split("\t", -1));
        Set<String> sensitivities = Arrays.stream(cells.get(7).split(" "))
                .filter(code -> !code.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        Labels labels = new Labels(true, Confidentiality.valueOf(cells.get(6)), sensitivities);
        return new Rule(cells.get(2), cells.get(3), cells.get(4), cells.get(5), labels);
    }
}
