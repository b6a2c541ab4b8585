package phr.fhir.normalise.checkup;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.xml.Element;
import phr.fhir.text.Width;

/** Rules between items of one 特定健診 (checkup-cda.md §8.2): remarks for people, never a reason to reject. */
final class Consistency {

    private static final String SAMPLING_TIME = "9N141000000000011";
    private static final String RULE = "CDA-8.2";

    private final Located issues;
    private final Map<String, Element> first = new LinkedHashMap<>();

    Consistency(Located issues) {
        this.issues = issues;
    }

    void saw(String code, Element observation) {
        if (!Absence.negated(observation)) {
            first.putIfAbsent(code, observation);
        }
    }

    /** Call once, after the last observation. */
    void report() {
        fasting("3F015000", "fasting triglycerides", Set.of("2"));
        fasting("3F015129", "casual triglycerides", Set.of("3", "4"));
        fasting("3D010000", "fasting glucose", Set.of("2"));
        fasting("3D010129", "casual glucose", Set.of("1", "3", "4"));
        if (any("3D010129") != null && "1".equals(answer(SAMPLING_TIME))) {
            issues.information(
                    "business-rule", RULE, "sampling time in the code of an earlier table", at(SAMPLING_TIME));
        }
        Element creatinine = any("3C0150000023");
        if (creatinine != null && "1".equals(answer("3C015161602399911")) && !first.containsKey("8A065000002391901")) {
            issues.warning("business-rule", RULE, "creatinine as a detailed item without eGFR", creatinine);
        }
    }

    private void fasting(String prefix, String what, Set<String> expected) {
        Element found = any(prefix);
        String time = answer(SAMPLING_TIME);
        if (found != null && (time == null || !expected.contains(time))) {
            issues.warning("business-rule", RULE, "the time since the last meal does not fit " + what, found);
        }
    }

    private @Nullable Element any(String prefix) {
        return first.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private @Nullable String answer(String code) {
        Element observation = first.get(code);
        String raw = observation == null ? null : observation.codeAt("code", "value");
        return raw == null ? null : Width.nfkc(raw);
    }

    private Element at(String code) {
        return first.getOrDefault(code, first.values().iterator().next());
    }
}
