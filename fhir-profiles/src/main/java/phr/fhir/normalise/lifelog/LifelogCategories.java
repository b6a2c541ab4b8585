package phr.fhir.normalise.lifelog;

import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.PhrCategory;

/** What is known of measurements by their LOINC or PGHD code. */
public final class LifelogCategories {

    private LifelogCategories() {}

    /** Null when the code is no metric of lifelog.md §3. */
    public static @Nullable PhrCategory of(String system, String code) {
        return of(new CodeableConcept(new Coding(system, code, null)));
    }

    /** Null when the code is no metric of lifelog.md §3. */
    public static @Nullable PhrCategory of(CodeableConcept code) {
        Metric metric = Metric.of(code);
        return metric == null ? null : metric.category();
    }

    /**
     * Whether measurements with these codes come in dense series (lifelog.md §5).
     *
     * @param codes {@code system|code}
     */
    public static boolean dense(Set<String> codes) {
        return Metric.dense(codes);
    }
}
