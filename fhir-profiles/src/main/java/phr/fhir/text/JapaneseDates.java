package phr.fhir.text;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates as Japanese text formats write them: {@code YYYYMMDD}, or by era {@code GYYMMDD} (和暦). Nothing else is guessed. */
public final class JapaneseDates {

    private static final Pattern WESTERN = Pattern.compile("(\\d{4})(\\d\\d)(\\d\\d)");
    private static final Pattern ERA = Pattern.compile("([MTSHR])(\\d\\d)(\\d\\d)(\\d\\d)");

    /** The year before the first of each era: 明治, 大正, 昭和, 平成, 令和. */
    private static final Map<String, Integer> BEFORE = Map.of("M", 1867, "T", 1911, "S", 1925, "H", 1988, "R", 2018);

    private static final int FIRST = 1868;
    private static final int LAST = 2200;

    private JapaneseDates() {}

    /** The day, in either digit width; empty when it is none or does not exist. */
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
        int before = BEFORE.getOrDefault(era.group(1), 0);
        return day(before + Integer.parseInt(era.group(2)), era.group(3), era.group(4));
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
