package phr.fhir.text;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates of the Japanese eras (和暦) as people and machines write them: 令和8年3月1日, R8.3.1, Ｒ08/03/01. */
public final class EraDate {

    private static final Pattern WRITTEN =
            Pattern.compile("(明治|大正|昭和|平成|令和|[MTSHR])\\s*(元|\\d{1,2})[年./-]\\s*(\\d{1,2})[月./-]\\s*(\\d{1,2})日?");

    private static final Map<String, LocalDate> BEGIN = Map.of(
            "明治",
            LocalDate.of(1868, 1, 25),
            "M",
            LocalDate.of(1868, 1, 25),
            "大正",
            LocalDate.of(1912, 7, 30),
            "T",
            LocalDate.of(1912, 7, 30),
            "昭和",
            LocalDate.of(1926, 12, 25),
            "S",
            LocalDate.of(1926, 12, 25),
            "平成",
            LocalDate.of(1989, 1, 8),
            "H",
            LocalDate.of(1989, 1, 8),
            "令和",
            LocalDate.of(2019, 5, 1),
            "R",
            LocalDate.of(2019, 5, 1));

    private EraDate() {}

    /** Empty when it is no date of an era, or one before the era began. Full-width digits are read. */
    public static Optional<LocalDate> parse(String text) {
        Matcher written = WRITTEN.matcher(Width.nfkcTrimmed(text));
        if (!written.matches()) {
            return Optional.empty();
        }
        LocalDate begin = BEGIN.getOrDefault(written.group(1), LocalDate.MAX);
        int year = written.group(2).equals("元") ? 1 : Integer.parseInt(written.group(2));
        try {
            LocalDate date = LocalDate.of(
                    begin.getYear() + year - 1, Integer.parseInt(written.group(3)), Integer.parseInt(written.group(4)));
            return date.isBefore(begin) || year < 1 ? Optional.empty() : Optional.of(date);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
