package phr.fhir.normalise.checkup;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phr.fhir.text.Width;

/** Dates as {@code YYYYMMDD}; nothing else is guessed into a date. */
final class CdaDates {

    private static final DateTimeFormatter BASIC =
            DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern WITH_TIME = Pattern.compile("\\d{8}(\\d{2}){0,3}(\\.\\d+)?([+-]\\d{4})?");

    private CdaDates() {}

    /** The day, in either digit width; a time of day behind it is left out. */
    static Optional<LocalDate> parse(@Nullable String text) {
        String digits = text == null ? "" : Width.nfkcTrimmed(text);
        if (!WITH_TIME.matcher(digits).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(digits.substring(0, 8), BASIC));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
