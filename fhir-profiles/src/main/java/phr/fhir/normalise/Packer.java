package phr.fhir.normalise;

import java.util.Optional;
import phr.fhir.sample.Sample;

/**
 * The validator's early word on one proposed resource, so that a format need not build resources like it any more: those that
 * differ in identity, time and numbers only go on as samples.
 */
@FunctionalInterface
public interface Packer {

    /** Everything waits for the validator. */
    Packer NONE = (intake, reading, draft) -> Optional.empty();

    /**
     * The sample that the validator would make of it without any finding; empty = it has to go the long way. Of an Observation that is
     * not dense a sample too: the validator makes a resource of each that is handed on.
     */
    Optional<Sample> pack(Intake intake, Reading reading, Draft draft);
}
