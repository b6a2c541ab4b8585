package phr.fhir.jp;

import java.time.LocalDate;

/** State of the item table (健診項目表): third period from FY2018, fourth from FY2024. */
public enum Generation {
    FY2018,
    FY2024;

    private static final LocalDate FOURTH_PERIOD = LocalDate.of(2024, 4, 1);

    /** The generation in force on the day of the checkup. */
    public static Generation on(LocalDate checkup) {
        return checkup.isBefore(FOURTH_PERIOD) ? FY2018 : FY2024;
    }
}
