package phr.fhir.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.ResourceType;
import org.jspecify.annotations.Nullable;
import phr.fhir.Fhir;

/**
 * Texts of the HL7 validator without what they quote. A text is made from a template of the validator and the things it speaks
 * of; names of elements and addresses of the vocabulary go back in, everything else becomes {@code …}.
 */
final class MessageText {

    private static final ResourceBundle TEMPLATES = ResourceBundle.getBundle("Messages", Locale.ROOT);
    private static final Pattern HOLE = Pattern.compile("\\{\\d{1,2}[^{}]{0,40}}");
    private static final Pattern ELEMENT =
            Pattern.compile("([A-Z][A-Za-z]{1,40})(\\.[A-Za-z]{1,60}(\\[[x\\d]{1,4}])?)+");
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9./:_|-]{1,200}");
    private static final List<String> VOCABULARY = List.of(
            "http://hl7.org/fhir/StructureDefinition/",
            "http://hl7.org/fhir/ValueSet/",
            "http://terminology.hl7.org/",
            Fhir.CANONICAL + "/",
            "http://jpfhir.jp/fhir/core/StructureDefinition/",
            "http://jpfhir.jp/fhir/eCheckup/StructureDefinition/");
    /** Templates whose numbers count elements. */
    private static final Set<String> COUNTS = Set.of(
            "Validation_VAL_Profile_Minimum", "Validation_VAL_Profile_Maximum", "VALIDATION_VAL_PROFILE_MINIMUM");

    private static final String LEFT_OUT = "…";
    private static final int LONGEST = 1000;

    private MessageText() {}

    static String withoutValues(String rule, @Nullable String id, String message) {
        String template = template(id);
        if (template == null) {
            return rule.equals("validator") ? "not as the standard demands" : "the rule " + rule + " does not hold";
        }
        List<String> said = said(template, message);
        StringBuilder text = new StringBuilder();
        Matcher hole = HOLE.matcher(template);
        for (int i = 0; hole.find(); i++) {
            String part = i < said.size() ? said.get(i) : LEFT_OUT;
            hole.appendReplacement(
                    text, Matcher.quoteReplacement(harmless(part, COUNTS.contains(rule)) ? part : LEFT_OUT));
        }
        return hole.appendTail(text).toString();
    }

    private static @Nullable String template(@Nullable String id) {
        for (String suffix : List.of("", "_other", "_one")) {
            try {
                if (id != null) {
                    return TEMPLATES.getString(id + suffix).replace("''", "'");
                }
            } catch (MissingResourceException e) {
                continue;
            }
        }
        return null;
    }

    /** What stands in the holes of the template, in their order; empty when it cannot be told. */
    private static List<String> said(String template, String message) {
        if (message.length() > LONGEST) {
            return List.of();
        }
        StringBuilder pattern = new StringBuilder();
        Matcher hole = HOLE.matcher(template);
        int at = 0;
        while (hole.find()) {
            pattern.append(Pattern.quote(template.substring(at, hole.start()))).append("(.*?)");
            at = hole.end();
        }
        pattern.append(Pattern.quote(template.substring(at)));
        Matcher whole = Pattern.compile(pattern.toString(), Pattern.DOTALL).matcher(message);
        List<String> said = new ArrayList<>();
        if (whole.matches()) {
            for (int i = 1; i <= whole.groupCount(); i++) {
                said.add(whole.group(i));
            }
        }
        return said;
    }

    private static boolean harmless(String part, boolean counts) {
        Matcher element = ELEMENT.matcher(part);
        return element.matches() && type(element.group(1))
                || ADDRESS.matcher(part).matches() && VOCABULARY.stream().anyMatch(part::startsWith)
                || counts && part.matches("[\\d*]{1,3}");
    }

    private static boolean type(String name) {
        try {
            ResourceType.valueOf(name);
            return true;
        } catch (IllegalArgumentException e) {
            return name.equals("Extension");
        }
    }
}
