package phr.gateway.people;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Optional;
import phr.consent.lifeevent.BirthDates;
import phr.fhir.PersonId;

/** The birth date as the account says. */
@ApplicationScoped
class AccountBirthDates implements BirthDates {

    private final People people;

    AccountBirthDates(People people) {
        this.people = people;
    }

    @Override
    public Optional<LocalDate> of(PersonId person) {
        return people.account(person).map(account -> account.birthDate());
    }
}
