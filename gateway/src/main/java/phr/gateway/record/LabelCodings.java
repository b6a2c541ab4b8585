package phr.gateway.record;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import phr.fhir.Fhir;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.LabelHit;
import phr.fhir.facts.Labels;

/** Labels as codings of {@code meta.security}; each names the rules behind it in an extension. */
public final class LabelCodings {

    /** Extension of a security label: rule and version of its table, {@code mental-health.MH-ICD|1}. */
    public static final String RULE = Fhir.CANONICAL + "/StructureDefinition/label-rule";

    private LabelCodings() {}

    /** JSON objects. An unlabelled resource carries no confidentiality: nobody has given it one. */
    public static List<String> json(Labels labels, List<LabelHit> hits) {
        List<String> codings = new ArrayList<>();
        if (labels.labelled()) {
            Confidentiality level = labels.confidentiality();
            codings.add(coding(
                    Confidentiality.SYSTEM,
                    level.name(),
                    rules(hits, hit -> hit.labels().confidentiality() == level)));
        }
        labels.sensitivities().stream().sorted().forEach(code -> {
            int bar = code.indexOf('|');
            String system = bar < 0 ? Labels.SENSITIVITY_SYSTEM : code.substring(0, bar);
            codings.add(coding(system, code.substring(bar + 1), rules(hits, hit -> hit.labels()
                    .sensitivities()
                    .contains(code))));
        });
        return codings;
    }

    private static String rules(List<LabelHit> hits, Predicate<LabelHit> behind) {
        return hits.stream()
                .filter(behind)
                .map(hit -> "{\"url\":" + quoted(RULE) + ",\"valueString\":" + quoted(hit.reference()) + "}")
                .collect(Collectors.joining(","));
    }

    private static String coding(String system, String code, String rules) {
        String extension = rules.isEmpty() ? "" : "\"extension\":[" + rules + "],";
        String first = system.isEmpty() ? "" : "\"system\":" + quoted(system) + ",";
        return "{" + extension + first + "\"code\":" + quoted(code) + "}";
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
