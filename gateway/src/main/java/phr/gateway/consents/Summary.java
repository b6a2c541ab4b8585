package phr.gateway.consents;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveWriter;
import phr.consent.directive.Elements;
import phr.consent.directive.Purposes;
import phr.consent.directive.Selectors;
import phr.consent.receipt.Names;
import phr.consent.receipt.Sentence;
import phr.fhir.facts.PhrCategory;

/**
 * A directive as a person reads it. Says what the directive says, nothing of any record.
 *
 * @param sentence the whole in one sentence
 * @param everything all categories: nothing is chosen
 * @param categories that are named; empty when data are chosen otherwise
 * @param labels ceiling of sensitivity, native form (consent-semantics.md §16.4)
 * @param dataPeriod which data, native form; missing: of any time
 * @param validity how long, native form; missing: without end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Summary(
        Text sentence,
        List<Named> purposes,
        List<String> actions,
        boolean everything,
        List<Named> categories,
        @Nullable JsonNode labels,
        @Nullable JsonNode dataPeriod,
        @Nullable JsonNode validity) {

    /** In Japanese and English. */
    public record Text(String ja, String en) {}

    /** A code with what it is called. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Named(String code, String ja, @Nullable String en) {}

    public static Summary of(Directive directive, Names names) {
        Elements base = directive.base();
        ObjectNode written = DirectiveWriter.write(directive);
        Selectors selectors = base.selectors();
        return new Summary(
                new Text(Sentence.japanese(directive, names), Sentence.english(directive, names)),
                purposes(base),
                base.actions() == null
                        ? List.of()
                        : base.actions().stream()
                                .sorted()
                                .map(action -> action.code())
                                .toList(),
                selectors == null || selectors.all(),
                selectors == null ? List.of() : categories(selectors),
                written.get("labels"),
                written.get("dataPeriod"),
                written.get("validity"));
    }

    private static List<Named> purposes(Elements base) {
        Stream<String> codes = base.purposes() == null ? Stream.of() : base.purposes().stream();
        return codes.sorted()
                .map(code -> new Named(code, Purposes.japanese(code), Purposes.english(code)))
                .toList();
    }

    private static List<Named> categories(Selectors selectors) {
        return selectors.list().stream()
                .map(selector -> selector.categories())
                .flatMap(Collection::stream)
                .distinct()
                .sorted()
                .map(code -> new Named(code, PhrCategory.parse(code).japanese(), null))
                .toList();
    }
}
