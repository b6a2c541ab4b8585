package phr.gateway.caller;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import phr.fhir.Fhir;
import phr.fhir.facts.PhrCategory;

/**
 * The parameter {@code category=system|code} of a scope, as consent categories. A category of the catalogue stands for itself; a
 * FHIR observation category stands for the catalogue categories that lie wholly inside it, so the scope may come out narrower
 * than written and never wider.
 */
final class ScopeCategories {

    private static final String PARAMETER = "category=";
    private static final String CATALOGUE = Fhir.CANONICAL + "/CodeSystem/phr-category";
    private static final String FHIR = "http://terminology.hl7.org/CodeSystem/observation-category";

    private static final Map<String, PhrCategory> INSIDE = Map.of(
            "laboratory", PhrCategory.LAB,
            "vital-signs", PhrCategory.LIFELOG_VITALS,
            "activity", PhrCategory.LIFELOG_ACTIVITY);

    private ScopeCategories() {}

    /** Empty when the parameter is not understood. */
    static Optional<Set<String>> parse(String parameter) {
        if (!parameter.startsWith(PARAMETER)) {
            return Optional.empty();
        }
        String value;
        try {
            value = URLDecoder.decode(parameter.substring(PARAMETER.length()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int bar = value.indexOf('|');
        String system = bar < 0 ? "" : value.substring(0, bar);
        return category(system, value.substring(bar + 1)).map(category -> Set.of(category.code()));
    }

    private static Optional<PhrCategory> category(String system, String code) {
        if (system.equals(CATALOGUE)) {
            try {
                return Optional.of(PhrCategory.parse(code));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return system.equals(FHIR) || system.isEmpty() ? Optional.ofNullable(INSIDE.get(code)) : Optional.empty();
    }
}
