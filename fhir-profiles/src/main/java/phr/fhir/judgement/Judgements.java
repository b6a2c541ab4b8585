package phr.fhir.judgement;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.jspecify.annotations.Nullable;
import phr.fhir.jp.CheckupConcepts;
import phr.fhir.jp.CheckupConcepts.Concept;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.judgement.Judgement.Outcome;
import phr.fhir.judgement.Judgement.Reason;
import phr.fhir.judgement.Side.Answer;
import phr.fhir.text.TsvTable;

/** Results beside the thresholds in force on the day of the checkup, {@code judgements.tsv}. Pure. */
public final class Judgements {

    private static final Set<ObservationStatus> RESULT =
            EnumSet.of(ObservationStatus.FINAL, ObservationStatus.AMENDED, ObservationStatus.CORRECTED);

    private static final List<Thresholds> TABLE = TsvTable.load(Judgements.class, "judgements.tsv").rows().stream()
            .map(Judgements::row)
            .toList();
    private static final Set<String> CONCEPTS =
            TABLE.stream().map(Thresholds::concept).collect(Collectors.toUnmodifiableSet());

    private Judgements() {}

    static List<Thresholds> table() {
        return TABLE;
    }

    /** Codes of the items that some version of the table has thresholds for, system {@link CheckupSystem#ITEM}. */
    public static List<String> items() {
        return CheckupConcepts.all().stream()
                .filter(concept -> CONCEPTS.contains(concept.code()))
                .flatMap(concept -> concept.items().stream())
                .toList();
    }

    /**
     * Where a stored checkup result stands.
     *
     * @param sex of the person, null when it is not known; asked for only when the thresholds differ by it
     * @return empty for what is no result of an item with thresholds: without a number, cancelled, another item
     */
    public static Optional<Judgement> of(Observation result, Supplier<@Nullable AdministrativeGender> sex) {
        if (!result.hasValueQuantity()
                || !result.getValueQuantity().hasValue()
                || !RESULT.contains(result.getStatus())) {
            return Optional.empty();
        }
        return result.getCode().getCoding().stream()
                .filter(coding -> CheckupSystem.ITEM.url().equals(coding.getSystem()) && coding.hasCode())
                .map(Coding::getCode)
                .flatMap(item -> CheckupConcepts.of(item)
                        .filter(concept -> CONCEPTS.contains(concept.code()))
                        .map(concept -> judged(item, concept, result, sex))
                        .stream())
                .findFirst();
    }

    private static Judgement judged(
            String item, Concept concept, Observation result, Supplier<@Nullable AdministrativeGender> sex) {
        LocalDate day = day(result);
        if (day == null) {
            return new Judgement(item, concept, Outcome.UNDECIDED, Reason.DAY, null);
        }
        List<Thresholds> rows = TABLE.stream()
                .filter(row -> row.concept().equals(concept.code()) && row.inForce(day))
                .toList();
        if (rows.isEmpty()) {
            return new Judgement(item, concept, Outcome.UNDECIDED, Reason.TABLE, null);
        }
        AdministrativeGender known = rows.get(0).sex() == null ? null : sex.get();
        return rows.stream()
                .filter(row -> row.of(known))
                .findFirst()
                .map(row -> compared(item, concept, row, result.getValueQuantity()))
                .orElseGet(() -> new Judgement(item, concept, Outcome.UNDECIDED, Reason.SEX, null));
    }

    /** As written: in which zone the day is meant does not matter. */
    private static @Nullable LocalDate day(Observation result) {
        String written = result.hasEffectiveDateTimeType()
                ? result.getEffectiveDateTimeType().getValueAsString()
                : null;
        try {
            return written == null || written.length() < 10 ? null : LocalDate.parse(written.substring(0, 10));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Judgement compared(String item, Concept concept, Thresholds row, Quantity quantity) {
        if (!row.unit().equals(quantity.getCode())) {
            return new Judgement(item, concept, Outcome.UNDECIDED, Reason.UNIT, row);
        }
        Answer referral = reached(row, row.referral(), quantity);
        Answer guidance = reached(row, row.guidance(), quantity);
        if (referral == Answer.OPEN || referral == Answer.NO && guidance == Answer.OPEN) {
            return new Judgement(item, concept, Outcome.UNDECIDED, Reason.RANGE, row);
        }
        Outcome outcome =
                referral == Answer.YES ? Outcome.REFERRAL : guidance == Answer.YES ? Outcome.GUIDANCE : Outcome.NONE;
        return new Judgement(item, concept, outcome, null, row);
    }

    private static Answer reached(Thresholds row, @Nullable BigDecimal threshold, Quantity quantity) {
        String comparator = quantity.hasComparator() ? quantity.getComparator().toCode() : "";
        return threshold == null ? Answer.NO : row.side().reached(quantity.getValue(), comparator, threshold);
    }

    private static Thresholds row(String[] row) {
        return new Thresholds(
                row[0],
                LocalDate.parse(row[1]),
                row[2].isEmpty() ? null : LocalDate.parse(row[2]),
                row[3],
                sex(row[4]),
                Side.parse(row[5]),
                number(row[6]),
                number(row[7]),
                row[8],
                row[9],
                row[10].equals("single source"));
    }

    /** As the checkup writes it: 1 男, 2 女. */
    private static @Nullable AdministrativeGender sex(String cell) {
        return switch (cell) {
            case "1" -> AdministrativeGender.MALE;
            case "2" -> AdministrativeGender.FEMALE;
            default -> null;
        };
    }

    private static @Nullable BigDecimal number(String cell) {
        return cell.isEmpty() ? null : new BigDecimal(cell);
    }
}
