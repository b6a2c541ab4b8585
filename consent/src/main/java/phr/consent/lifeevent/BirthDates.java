package phr.consent.lifeevent;

import java.time.LocalDate;
import java.util.Optional;
import phr.fhir.PersonId;

/** Tells the birth date of an account; whoever keeps accounts plugs in here. Without one no age is known. */
@FunctionalInterface
public interface BirthDates {

    /** As declared; empty when unknown. */
    Optional<LocalDate> of(PersonId person);
}
