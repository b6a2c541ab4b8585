package phr.deploy.bench.data;

import java.time.LocalDate;
import phr.fhir.fixtures.Checkups;

/** Checkups (特定健診) as the ZIP that insurers hand out, each of another day. */
public final class CheckupFiles {

    private static final LocalDate FIRST = LocalDate.of(2024, 4, 1);

    private CheckupFiles() {}

    /** @param number from 0 */
    public static byte[] zip(int number) {
        return Checkups.hanako2025()
                .on(FIRST.plusDays(number % 700))
                .ticket("%011d".formatted(25_000_000_000L + number))
                .zip();
    }
}
