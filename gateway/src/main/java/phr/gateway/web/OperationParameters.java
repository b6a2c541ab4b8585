package phr.gateway.web;

import ca.uhn.fhir.parser.DataFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
import phr.fhir.Fhir;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/** The Parameters (FHIR R4) of an operation by POST, in the form of its GET. */
public final class OperationParameters {

    private OperationParameters() {}

    /**
     * Values by name: a coding as {@code system|code}, a period as {@code start/end}, a reference as it stands.
     *
     * @param rule named by a refusal
     * @throws phr.fhir.failure.FailureException MALFORMED for what is no Parameters, TOO_LARGE
     */
    public static Map<String, List<String>> read(InputStream body, String rule) throws IOException {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (ParametersParameterComponent parameter :
                parse(JsonBody.bytes(body), rule).getParameter()) {
            values.computeIfAbsent(String.valueOf(parameter.getName()), name -> new ArrayList<>())
                    .add(text(parameter.getValue(), rule));
        }
        return values;
    }

    private static Parameters parse(byte[] body, String rule) {
        try {
            return Fhir.json().parseResource(Parameters.class, new String(body, StandardCharsets.UTF_8));
        } catch (DataFormatException | ClassCastException e) {
            throw Failure.of(Category.MALFORMED, rule, "a Parameters resource expected")
                    .exception();
        }
    }

    private static String text(Type value, String rule) {
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
        throw Failure.of(Category.MALFORMED, rule, "a parameter has no value of its type")
                .exception();
    }

    private static String end(PrimitiveType<?> end) {
        return end.hasValue() ? end.getValueAsString() : "";
    }
}
