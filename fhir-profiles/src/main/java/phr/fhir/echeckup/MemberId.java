package phr.fhir.echeckup;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.text.Width;

/**
 * 被保険者個人識別子: 保険者番号:記号:番号:枝番 (checkup-fhir.md §6.3, FHIR-R8). The insurer's eight digits and the branch are half-width,
 * symbol and number full-width, as the public examples write them (C-11).
 */
final class MemberId {

    private static final Pattern FORM = Pattern.compile("\\d{8}:[^:^\\s\u3000]*:[^:^\\s\u3000]*:(|\\d{2})");
    private static final int INSURER_DIGITS = 8;

    private MemberId() {}

    /**
     * @param insurer the payor; its number may be shorter
     * @return empty when a part is not known or does not fit
     */
    static Optional<String> of(JsonNode coverage, JsonNode insurer) {
        String number = extension(coverage, CheckupSystem.INSURED_NUMBER);
        String digits = Width.nfkcTrimmed(insurerNumber(insurer));
        if (number.isEmpty() || !digits.matches("\\d{1,8}")) {
            return Optional.empty();
        }
        String id = "0".repeat(INSURER_DIGITS - digits.length()) + digits + ":"
                + Width.full(extension(coverage, CheckupSystem.INSURED_SYMBOL)) + ":"
                + Width.full(number) + ":"
                + Width.nfkcTrimmed(extension(coverage, CheckupSystem.INSURED_BRANCH));
        return Optional.of(id).filter(whole -> FORM.matcher(whole).matches());
    }

    /** 保険者番号 under either of its systems; empty = none. */
    static String insurerNumber(JsonNode insurer) {
        for (JsonNode identifier : insurer.path("identifier")) {
            String system = Tree.text(identifier, "system");
            if (system.equals(CheckupSystem.INSURER_NUMBER.url()) || system.equals("urn:oid:1.2.392.100495.20.3.61")) {
                return Tree.text(identifier, "value");
            }
        }
        return "";
    }

    static String extension(JsonNode coverage, CheckupSystem url) {
        for (JsonNode extension : coverage.path("extension")) {
            if (Tree.text(extension, "url").equals(url.url())) {
                return Tree.text(extension, "valueString").strip();
            }
        }
        return "";
    }
}
