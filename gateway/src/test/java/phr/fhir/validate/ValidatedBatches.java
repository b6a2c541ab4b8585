package phr.fhir.validate;

import java.util.List;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Original;
import phr.fhir.sample.Sample;

/** Batches for tests of what comes after validation. */
public final class ValidatedBatches {

    private ValidatedBatches() {}

    public static Validated of(Intake intake, List<Document> documents, List<Original> originals) {
        return new Validated(intake, documents, List.of(), originals, List.of());
    }

    public static Validated of(Intake intake, List<Sample> samples) {
        return new Validated(intake, List.of(), samples, List.of(), List.of());
    }
}
