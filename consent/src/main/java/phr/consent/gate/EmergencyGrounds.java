package phr.consent.gate;

import java.time.Instant;
import java.util.List;
import phr.consent.emergency.EmergencyGround;
import phr.fhir.PersonId;

/**
 * Tells which emergencies are open for a person. Whoever keeps them plugs in here and bumps the person's epoch with every change, or
 * everybody's for a disaster mode.
 */
@FunctionalInterface
public interface EmergencyGrounds {

    /** Open now or later. */
    List<EmergencyGround> of(PersonId person, Instant now);
}
