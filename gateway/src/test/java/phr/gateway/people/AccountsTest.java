package phr.gateway.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.util.UUID;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.FailureException;
import phr.fhir.fixtures.Person;
import phr.fhir.normalise.Account;
import phr.gateway.caller.Caller;

class AccountsTest {

    private static final PersonId SOMEBODY = new PersonId(UUID.fromString("018f0000-0000-7000-8000-000000000001"));

    @Test
    void claims_become_an_account_and_survive_storing() {
        for (Person person : phr.fhir.fixtures.People.all()) {
            Account account = of(
                    person.kanji(),
                    person.kana(),
                    person.gender().toCode(),
                    person.birthDate().toString());
            assertEquals(person.account(SOMEBODY), account);
            assertEquals(account, AccountJson.read(SOMEBODY, AccountJson.write(account)));
        }
    }

    @Test
    void missing_claims_are_allowed() {
        Account account = of(null, null, null, null);
        assertEquals(new Account(SOMEBODY, null, null, AdministrativeGender.UNKNOWN, null), account);
        assertEquals(account, AccountJson.read(SOMEBODY, AccountJson.write(account)));
    }

    @ParameterizedTest
    @CsvSource({"gender, F", "gender, FEMALE", "birthdate, 1980-02-30", "birthdate, 10.5.1980", "name, a\u0000b"})
    void an_impossible_claim_is_named_but_not_repeated(String claim, String value) {
        FailureException refused = assertThrows(
                FailureException.class,
                () -> of(
                        claim.equals("name") ? value : null,
                        null,
                        claim.equals("gender") ? value : null,
                        claim.equals("birthdate") ? value : null));
        assertEquals(Category.INVALID, refused.failure().category());
        assertEquals(claim, refused.failure().issues().get(0).expressions().get(0));
        assertFalse(refused.failure().issues().get(0).text().contains(value));
    }

    @Test
    void names_that_only_look_the_same_stay_different() {
        assertEquals(
                LocalDate.of(1980, 5, 10), of(null, null, null, "1980-05-10").birthDate());
        assertEquals("髙橋", of("髙橋", null, null, null).name());
        assertEquals("が", of("か\u3099", null, null, null).name());
    }

    private static Account of(
            @Nullable String name, @Nullable String kana, @Nullable String gender, @Nullable String birthDate) {
        return Accounts.of(SOMEBODY, new Caller.Profile(name, kana, gender, birthDate));
    }
}
