package phr.fhir.text;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates as Japanese texts write them, by era (和暦) or not. Nothing else is guessed; digits of either width are read. */
public final class JapaneseDates {

    private static final Pattern WESTERN = Pattern.compile("(\\d{4})(\\d\\d)(\\d\\d)");
    private static final Pattern ERA = Pattern.compile("([MTSHR])(\\d\\d)(\\d\\d)(\\d\\d)");
    private static final Pattern WRITTEN = Pattern.compile(
            "(?:(明治|M)|(大正|T)|(昭和|S)|(平成|H)|(令和|R))\\s*(元|\\d{1,2})[年./-]\\s*(\\d{1,2})[月./-]\\s*(\\d{1,2})日?");

    private static final String LETTERS = "MTSHR";

    /** The first day of each era: 明治, 大正, 昭和, 平成, 令和. */
    private static final Map<Character, LocalDate> BEGIN = Map.of(
            'M', LocalDate.of(1868, 1, 25),
            'T', LocalDate.of(1912, 7, 30),
            'S', LocalDate.of(1926, 12, 25),
            'H', LocalDate.of(1989, 1, 8),
            'R', LocalDate.of(2019, 5, 1));

    private static final int FIRST = 1868;
    private static final int LAST = 2200;

    private JapaneseDates() {}

    /** As text formats write them, {@code YYYYMMDD} or {@code GYYMMDD}; empty when it is none or does not exist. */
    public static Optional<LocalDate> parse(String text) {
        String plain = Width.nfkcTrimmed(text);
        Matcher western = WESTERN.matcher(plain);
        if (western.matches()) {
            return day(Integer.parseInt(western.group(1)), western.group(2), western.group(3));
        }
        Matcher era = ERA.matcher(plain);
        if (!era.matches() || era.group(2).equals("00")) {
            return Optional.empty();
        }
        int year = begin(era.group(1).charAt(0)).getYear() + Integer.parseInt(era.group(2)) - 1;
        return day(year, era.group(3), era.group(4));
    }

    /**
     * As people write them: 令和8年3月1日, R8.3.1, Ｒ08/03/01. Empty when it is no date of an era, or one before the era began.
     */
    public static Optional<LocalDate> ofEra(String text) {
        Matcher written = WRITTEN.matcher(Width.nfkcTrimmed(text));
        if (!written.matches()) {
            return Optional.empty();
        }
        int which = 0;
        while (written.group(which + 1) == null) {
            which++;
        }
        LocalDate begin = begin(LETTERS.charAt(which));
        int year = written.group(6).equals("元") ? 1 : Integer.parseInt(written.group(6));
        return day(begin.getYear() + year - 1, written.group(7), written.group(8))
                .filter(date -> year > 0 && !date.isBefore(begin));
    }

    private static LocalDate begin(char letter) {
        return BEGIN.getOrDefault(letter, LocalDate.MAX);
    }

    private static Optional<LocalDate> day(int year, String month, String day) {
        if (year < FIRST || year > LAST) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.of(year, Integer.parseInt(month), Integer.parseInt(day)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
