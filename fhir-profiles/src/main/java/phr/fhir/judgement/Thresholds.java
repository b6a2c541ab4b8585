package phr.fhir.judgement;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table of thresholds.
 *
 * @param version of the table, {@code hc24}
 * @param from first day of a checkup for which it holds
 * @param to the last one; null = it still holds
 * @param concept series of items, see {@link phr.fhir.jp.CheckupConcepts}
 * @param sex whose thresholds these are; null = everybody's
 * @param guidance 保健指導判定値; null = the sources give none
 * @param referral 受診勧奨判定値; null = the sources give none
 * @param unit UCUM
 * @param source where they are published
 * @param singleSource only one source has been read for them
 */
public record Thresholds(
        String version,
        LocalDate from,
        @Nullable LocalDate to,
        String concept,
        @Nullable AdministrativeGender sex,
        Side side,
        @Nullable BigDecimal guidance,
        @Nullable BigDecimal referral,
        String unit,
        String source,
        boolean singleSource) {

    boolean inForce(LocalDate day) {
        return !day.isBefore(from) && (to == null || !day.isAfter(to));
    }

    boolean of(@Nullable AdministrativeGender gender) {
        return sex == null || sex == gender;
    }
}
