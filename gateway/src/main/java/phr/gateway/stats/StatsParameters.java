package phr.gateway.stats;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/** The Parameters of a POST in the form of the GET. */
final class StatsParameters {

    private StatsParameters() {}

    static Map<String, List<String>> read(Parameters parameters) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (ParametersParameterComponent parameter : parameters.getParameter()) {
            values.computeIfAbsent(String.valueOf(parameter.getName()), name -> new ArrayList<>())
                    .add(text(parameter.getValue()));
        }
        return values;
    }

    private static String text(Type value) {
        if (value instanceof Coding coding) {
            return (coding.hasSystem() ? coding.getSystem() + "|" : "") + coding.getCode();
        }
        if (value instanceof Period period) {
            return end(period.getStartElement()) + "/" + end(period.getEndElement());
        }
        if (value instanceof Reference reference && reference.hasReference()) {
            return reference.getReference();
        }
        if (value instanceof PrimitiveType<?> primitive && primitive.hasValue()) {
            return primitive.getValueAsString();
        }
        throw Failure.of(Category.MALFORMED, "STAT-2", "a parameter has no value of its type")
                .exception();
    }

    private static String end(PrimitiveType<?> end) {
        return end.hasValue() ? end.getValueAsString() : "";
    }
}
