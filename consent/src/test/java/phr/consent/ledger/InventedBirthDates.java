package phr.consent.ledger;

import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import phr.consent.lifeevent.BirthDates;
import phr.fhir.PersonId;

/** Everybody is an adult unless the test says otherwise. */
@Singleton
public class InventedBirthDates implements BirthDates {

    private static final Map<PersonId, LocalDate> DATES = new ConcurrentHashMap<>();
    private static final LocalDate ADULT = LocalDate.of(1980, 5, 10);

    public static void born(PersonId person, LocalDate date) {
        DATES.put(person, date);
    }

    @Override
    public Optional<LocalDate> of(PersonId person) {
        return Optional.of(DATES.getOrDefault(person, ADULT));
    }
}
