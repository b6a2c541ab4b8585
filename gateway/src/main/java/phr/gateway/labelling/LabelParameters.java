package phr.gateway.labelling;

import ca.uhn.fhir.parser.DataFormatException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Parameters;
import org.jspecify.annotations.Nullable;
import phr.fhir.Fhir;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.LabelHit;
import phr.fhir.facts.Labels;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.record.LabelCodings;

/** {@code Parameters} of FHIR {@code $meta-add} and {@code $meta-delete}: one parameter {@code meta} with security labels. */
final class LabelParameters {

    private static final Set<String> LEGACY = Set.of("ETH", "HIV", "PSY", "SDV");

    private LabelParameters() {}

    /**
     * The labels named. Confidentiality U when none is named: it raises nothing.
     *
     * @throws phr.fhir.failure.FailureException MALFORMED, INVALID with the place of what is no label
     */
    static Labels read(byte[] body) {
        Meta meta = meta(body);
        if (!meta.hasSecurity() || meta.hasTag() || meta.hasProfile()) {
            throw invalid("only security labels can be added or taken back", "Parameters.parameter.valueMeta");
        }
        Confidentiality level = Confidentiality.U;
        Set<String> sensitivities = new HashSet<>();
        for (int i = 0; i < meta.getSecurity().size(); i++) {
            Coding coding = meta.getSecurity().get(i);
            Confidentiality named = level(coding);
            if (named != null) {
                level = level.atMost(named) ? named : level;
            } else {
                sensitivities.add(sensitivity(coding, "Parameters.parameter.valueMeta.security[" + i + "]"));
            }
        }
        return new Labels(true, level, sensitivities);
    }

    /** The answer: {@code Parameters} with {@code return} = the labels as they now stand. */
    static String write(Labels labels, List<LabelHit> hits) {
        return "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"return\",\"valueMeta\":{\"security\":["
                + String.join(",", LabelCodings.json(labels, hits)) + "]}}]}";
    }

    private static Meta meta(byte[] body) {
        try {
            Parameters parameters =
                    Fhir.json().parseResource(Parameters.class, new String(body, StandardCharsets.UTF_8));
            if (parameters.getParameter().size() == 1
                    && parameters.getParameterFirstRep().getName().equals("meta")
                    && parameters.getParameterFirstRep().getValue() instanceof Meta meta) {
                return meta;
            }
        } catch (DataFormatException | IllegalArgumentException e) {
            throw Failure.of(Category.MALFORMED, "structure", "the body must be a FHIR Parameters resource")
                    .exception();
        }
        throw Failure.of(Category.MALFORMED, "structure", "one parameter is required: meta", "Parameters.parameter")
                .exception();
    }

    private static @Nullable Confidentiality level(Coding coding) {
        if (!Confidentiality.SYSTEM.equals(coding.getSystem())) {
            return null;
        }
        for (Confidentiality level : Confidentiality.values()) {
            if (level.name().equals(coding.getCode())) {
                return level;
            }
        }
        return null;
    }

    private static String sensitivity(Coding coding, String place) {
        boolean legacy = Confidentiality.SYSTEM.equals(coding.getSystem()) && LEGACY.contains(coding.getCode());
        boolean known = Labels.SENSITIVITY_SYSTEM.equals(coding.getSystem())
                && Labels.SENSITIVITIES.contains(String.valueOf(coding.getCode()));
        if (!legacy && !known) {
            throw invalid("this is neither a confidentiality nor a sensitivity in use", place);
        }
        return coding.getCode();
    }

    private static RuntimeException invalid(String text, String place) {
        return Failure.of(Category.INVALID, "label", text, place).exception();
    }
}
