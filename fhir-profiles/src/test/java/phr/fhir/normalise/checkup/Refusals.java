package phr.fhir.normalise.checkup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;

/** Asserting that a file is refused. */
final class Refusals {

    private Refusals() {}

    static Failure refused(Category category, Executable reading) {
        FailureException thrown = assertThrows(FailureException.class, reading);
        assertEquals(category, thrown.failure().category());
        return thrown.failure();
    }

    static Failure malformed(byte[] file) {
        return refused(Category.MALFORMED, () -> Reading.of(file));
    }
}
