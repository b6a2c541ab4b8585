package phr.gateway.people;

import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.Account;

/** A person as she sees her own account. */
public record PersonView(
        String id,
        @Nullable String name,
        @Nullable String kana,
        String gender,
        @Nullable String birthDate) {

    public static PersonView of(Account account) {
        return new PersonView(
                account.person().toString(),
                account.name(),
                account.kana(),
                account.gender().toCode(),
                account.birthDate() == null ? null : account.birthDate().toString());
    }
}
