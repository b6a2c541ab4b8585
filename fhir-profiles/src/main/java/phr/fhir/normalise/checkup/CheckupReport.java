package phr.fhir.normalise.checkup;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.FailureException;
import phr.fhir.jp.CheckupOid;
import phr.fhir.jp.ReportCategory;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.xml.Element;
import phr.fhir.text.Width;

/**
 * What a checkup document is about, as far as a deletion request (削除依頼) is matched by it (checkup-cda.md §4.1, CDA-R9). Texts are compared in
 * NFKC form.
 *
 * @param insurer 保険者番号
 * @param symbol 記号, null = none
 * @param branch 枝番, null = an older card
 * @param birthDate as written
 * @param date of the checkup
 * @param facility 健診機関番号
 */
public record CheckupReport(
        ReportCategory category,
        @Nullable String insurer,
        @Nullable String symbol,
        @Nullable String number,
        @Nullable String branch,
        @Nullable String birthDate,
        @Nullable LocalDate date,
        @Nullable String facility) {

    /** Empty for what is no checkup document, or has no known report category. */
    public static Optional<CheckupReport> of(Content content) throws IOException {
        try {
            Header header = new CdaReader(content, Limits.DEFAULT).header();
            return ReportCategory.find(header.reportCode()).map(category -> of(category, header));
        } catch (FailureException e) {
            return Optional.empty();
        }
    }

    public boolean asksForDeletion() {
        return category.kind() == ReportCategory.Kind.DELETION;
    }

    /**
     * Whether this deletion request is about that result: the same family of report categories, card, birth date, day and facility. What is missing
     * on one side matches nothing, but for symbol and branch, which not every card has.
     */
    public boolean isAbout(CheckupReport result) {
        return asksForDeletion()
                && result.category.kind() == ReportCategory.Kind.RESULT
                && category.code().charAt(0) == result.category.code().charAt(0)
                && same(insurer, result.insurer)
                && Objects.equals(symbol, result.symbol)
                && same(number, result.number)
                && (branch == null || result.branch == null || branch.equals(result.branch))
                && same(birthDate, result.birthDate)
                && same(date, result.date)
                && same(facility, result.facility);
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        return one != null && one.equals(other);
    }

    private static CheckupReport of(ReportCategory category, Header header) {
        return new CheckupReport(
                category,
                id(header.patientRole(), CheckupOid.INSURER),
                id(header.patientRole(), CheckupOid.SYMBOL),
                id(header.patientRole(), CheckupOid.NUMBER),
                id(header.patientRole(), CheckupOid.BRANCH),
                header.birthDate(),
                header.checkupDate().orElse(null),
                id(header.performer(), CheckupOid.FACILITY));
    }

    private static @Nullable String id(Optional<Element> of, CheckupOid which) {
        for (Element id : of.map(element -> element.children("id")).orElse(java.util.List.of())) {
            String root = id.code("root");
            String extension = id.code("extension");
            if (root != null && extension != null && which.is(root)) {
                return Width.nfkcTrimmed(extension);
            }
        }
        return null;
    }
}
