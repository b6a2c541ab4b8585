package phr.fhir.normalise.checkup;

import java.util.List;
import phr.fhir.jp.CheckupOid;
import phr.fhir.jp.ReportCategory;
import phr.fhir.normalise.xml.Element;
import phr.fhir.text.Width;

/** What is odd about a header that can still be used (checkup-cda.md §13, §14). */
final class HeaderFaults {

    private HeaderFaults() {}

    static void report(Header header, Located issues) {
        SchemaFaults.document(header, issues);
        header.all("templateId").stream()
                .filter(template -> !CheckupOid.TEMPLATE.is(String.valueOf(template.code("root"))))
                .forEach(template -> issues.warning("code-invalid", "N-3", "unknown template", template));
        if (header.reportCode() == null) {
            issues.warning("required", "CDA-13", "no report category; the consent category is unknown", header.root());
        } else if (ReportCategory.find(header.reportCode()).isEmpty()) {
            issues.warning(
                    "code-invalid",
                    "CDA-13",
                    "unknown report category; the consent category is unknown",
                    header.first("code").orElse(header.root()));
        }
        if (header.created().isEmpty()) {
            issues.warning(
                    "value",
                    "CDA-13",
                    "creation date is no date",
                    header.first("effectiveTime").orElse(header.root()));
        }
        List<Element> targets = header.all("recordTarget");
        if (targets.size() > 1) {
            issues.warning("structure", "CDA-5", "more than one record target; the first is taken", targets.get(1));
        }
        longTime(header, issues);
    }

    private static void longTime(Header header, Located issues) {
        header.checkupTime()
                .filter(time ->
                        Width.nfkcTrimmed(String.valueOf(time.code("value"))).length() > 8 || time.name.equals("low"))
                .ifPresent(time -> issues.warning(
                        "value", "CDA-5", "checkup date with a time or an interval; the first day is taken", time));
    }
}
