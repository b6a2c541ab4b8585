package phr.fhir.judgement;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.jspecify.annotations.Nullable;
import phr.fhir.jp.CheckupConcepts;
import phr.fhir.jp.CheckupSystem;

/** Results beside the thresholds in force on the day of the checkup, {@code judgements.tsv}. Pure. */
public final class Judgements {

    /** One row of the table; a missing threshold is null. */
    record Rule(
            String version,
            LocalDate from,
            @Nullable LocalDate to,
            String concept,
            String sex,
            Side side,
            @Nullable BigDecimal guidance,
            @Nullable BigDecimal referral,
            String unit,
            String source) {

        boolean inForce(LocalDate day) {
            return !day.isBefore(from) && (to == null || !day.isAfter(to));
        }

        boolean of(@Nullable AdministrativeGender gender) {
            return switch (sex) {
                case "1" -> gender == AdministrativeGender.MALE;
                case "2" -> gender == AdministrativeGender.FEMALE;
                default -> true;
            };
        }
    }

    private static final List<Rule> RULES = load();

    private Judgements() {}

    static List<Rule> rules() {
        return RULES;
    }

    /**
     * The threshold that a stored checkup result has reached. Results without a number in the unit of the table, cancelled ones
     * and those of days without a table have none.
     *
     * @param gender of the person; without it the items whose thresholds differ by sex have none
     */
    public static Optional<Judgement> of(Observation result, @Nullable AdministrativeGender gender) {
        if (!result.hasValueQuantity()
                || !result.hasEffectiveDateTimeType()
                || result.getStatus() != Observation.ObservationStatus.FINAL) {
            return Optional.empty();
        }
        String day = result.getEffectiveDateTimeType().getValueAsString();
        if (day == null || day.length() < 10 || !result.getValueQuantity().hasValue()) {
            return Optional.empty();
        }
        LocalDate date = LocalDate.parse(day.substring(0, 10));
        return result.getCode().getCoding().stream()
                .filter(coding -> CheckupSystem.ITEM.url().equals(coding.getSystem()))
                .map(Coding::getCode)
                .flatMap(item -> CheckupConcepts.of(item).stream())
                .flatMap(concept -> RULES.stream()
                        .filter(rule -> rule.concept().equals(concept.code()) && rule.inForce(date) && rule.of(gender)))
                .findFirst()
                .flatMap(rule -> judged(rule, result.getValueQuantity()));
    }

    private static Optional<Judgement> judged(Rule rule, Quantity quantity) {
        String comparator = quantity.hasComparator() ? quantity.getComparator().toCode() : "";
        if (!rule.unit().equals(quantity.getCode()) || !rule.side().tells(comparator)) {
            return Optional.empty();
        }
        return reached(rule, Judgement.Level.REFERRAL, rule.referral(), quantity)
                .or(() -> reached(rule, Judgement.Level.GUIDANCE, rule.guidance(), quantity));
    }

    private static Optional<Judgement> reached(
            Rule rule, Judgement.Level level, @Nullable BigDecimal threshold, Quantity quantity) {
        return threshold == null || !rule.side().reached(quantity.getValue(), threshold)
                ? Optional.empty()
                : Optional.of(new Judgement(level, rule.side(), threshold, rule.version(), rule.source()));
    }

    private static List<Rule> load() {
        String name = "judgements.tsv";
        try (InputStream in = Objects.requireNonNull(Judgements.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> rule(line.split("\t", -1)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Rule rule(String[] row) {
        return new Rule(
                row[0],
                LocalDate.parse(row[1]),
                row[2].isEmpty() ? null : LocalDate.parse(row[2]),
                row[3],
                row[4],
                Side.parse(row[5]),
                number(row[6]),
                number(row[7]),
                row[8],
                row[9]);
    }

    private static @Nullable BigDecimal number(String cell) {
        return cell.isEmpty() ? null : new BigDecimal(cell);
    }
}
