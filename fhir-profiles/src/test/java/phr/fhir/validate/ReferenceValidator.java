package phr.fhir.validate;

import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.List;
import phr.fhir.conformance.ConformanceValidator;
import phr.fhir.guide.MatchingProfile;

/** The HL7 validator on base R4 and the project's guide: slow and thorough, so tests hold ours against it. */
public final class ReferenceValidator {

    private static final ConformanceValidator VALIDATOR = ConformanceValidator.ofGuide();
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReferenceValidator() {}

    /**
     * What it calls an error against base R4 and the profile that the resource is held to, as {@code place: message}; the inputs
     * of tests are invented.
     */
    public static List<String> errors(String json) {
        return errors(json, MatchingProfile.of(tree(json)).stream().toList());
    }

    /** Against base R4 and these profiles. */
    public static List<String> errors(String json, Collection<String> profiles) {
        return VALIDATOR.messages(json, profiles).stream()
                .filter(message -> message.getSeverity() == ResultSeverityEnum.ERROR
                        || message.getSeverity() == ResultSeverityEnum.FATAL)
                .map(ReferenceValidator::text)
                .toList();
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String text(SingleValidationMessage message) {
        return message.getLocationString() + ": " + message.getMessage() + " [" + message.getMessageId() + "]";
    }
}
