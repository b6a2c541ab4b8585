package phr.fhir.conformance;

import ca.uhn.fhir.validation.SingleValidationMessage;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Issue;

/**
 * One finding of the HL7 validator that quotes nothing of the resource.
 *
 * @param severity as the validator sees it
 * @param rule key of the invariant ({@code obs-6}) or id of the validator's message
 * @param text of that message; what it would quote is left out
 * @param place FHIRPath without ids
 */
public record Finding(Issue.Severity severity, String rule, String text, String place) {

    private static final Set<String> UNDECIDED =
            Set.of("Terminology_PassThrough_TX_Message", "SLICING_CANNOT_BE_EVALUATED");

    static Finding of(SingleValidationMessage message) {
        String rule = rule(message.getMessageId());
        return new Finding(
                severity(message),
                rule,
                MessageText.withoutValues(rule, message.getMessageId(), message.getMessage()),
                place(message.getLocationString()));
    }

    public boolean error() {
        return severity == Issue.Severity.ERROR || severity == Issue.Severity.FATAL;
    }

    /**
     * Whether the validator says no more than that it could not tell: there is no terminology server, and a package may name
     * terminology that nobody has supplied (checkup-fhir.md FHIR-R4).
     */
    public boolean undecided() {
        return UNDECIDED.contains(rule);
    }

    public Issue issue() {
        String code = rule.indexOf('-') > 0 && rule.equals(rule.toLowerCase(Locale.ROOT)) ? "invariant" : "processing";
        return new Issue(severity, code, rule, text, List.of(place), null);
    }

    private static Issue.Severity severity(SingleValidationMessage message) {
        return message.getSeverity() == null
                ? Issue.Severity.INFORMATION
                : Issue.Severity.valueOf(message.getSeverity().name());
    }

    /** An invariant is named {@code http://hl7.org/fhir/StructureDefinition/Observation#obs-6}. */
    private static String rule(@Nullable String id) {
        if (id == null) {
            return "validator";
        }
        String last = id.substring(id.lastIndexOf('#') + 1);
        return last.matches("[A-Za-z0-9_.-]{1,80}") ? last : "validator";
    }

    /** Ids stand between slash and star, addresses of extensions in quotes. */
    private static String place(@Nullable String location) {
        String place =
                location == null ? "" : location.replaceAll("/\\*[^*]*\\*/", "").replaceAll("'[^']*'", "'…'");
        return place.matches("[A-Za-z0-9_.:\\[\\]()'…=$ -]{1,500}") ? place : "(unknown)";
    }
}
