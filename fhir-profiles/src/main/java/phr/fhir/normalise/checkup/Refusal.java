package phr.fhir.normalise.checkup;

import org.jspecify.annotations.Nullable;
import phr.fhir.jp.ReportCategory;
import phr.fhir.normalise.xml.Element;

/** Why a document is kept as an original without results (checkup-cda.md §5.3, CDA-R9, N-5). */
final class Refusal {

    private Refusal() {}

    /** @return the rule, after telling it as an issue; null when the document can be mapped */
    static @Nullable String of(Header header, Located issues) {
        if (header.isClaim()) {
            issues.error("not-supported", "N-5", "a claim is not a checkup result; kept as an original", header.root());
            return "N-5";
        }
        Element at = header.first("code").orElse(header.root());
        ReportCategory.Kind kind = ReportCategory.find(header.reportCode())
                .map(ReportCategory::kind)
                .orElse(ReportCategory.Kind.RESULT);
        if (kind == ReportCategory.Kind.DELETION) {
            issues.information(
                    "business-rule",
                    "CDA-R9",
                    "a deletion request: nothing is stored as a result, the person decides",
                    at);
            return "CDA-R9";
        }
        if (kind == ReportCategory.Kind.GUIDANCE) {
            issues.information(
                    "not-supported", "CDA-4.1", "a guidance report is not a checkup result; kept as an original", at);
            return "CDA-4.1";
        }
        if (header.checkupDate().isEmpty()) {
            issues.error(
                    "value",
                    "CDA-5",
                    "the checkup date is missing or no date; no results are taken",
                    header.checkupTime().orElse(header.root()));
            return "CDA-5";
        }
        return null;
    }
}
