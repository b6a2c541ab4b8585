package phr.gateway.people;

import java.text.Normalizer;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.normalise.Account;
import phr.gateway.caller.Caller;

/** An account from the claims of a login. Names are kept as given, only composed (NFC), since variants of kanji matter. */
final class Accounts {

    private static final int LONGEST_NAME = 200;

    private Accounts() {}

    static Account of(PersonId person, Caller.Profile profile) {
        return new Account(
                person,
                name(profile.name(), "name"),
                name(profile.kana(), "name_kana"),
                gender(profile.gender()),
                birthDate(profile.birthDate()));
    }

    private static @Nullable String name(@Nullable String text, String claim) {
        if (text == null) {
            return null;
        }
        String composed = Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
        if (composed.length() > LONGEST_NAME || composed.chars().anyMatch(Character::isISOControl)) {
            throw invalid(claim);
        }
        return composed.isEmpty() ? null : composed;
    }

    private static AdministrativeGender gender(@Nullable String code) {
        if (code == null) {
            return AdministrativeGender.UNKNOWN;
        }
        return switch (code) {
            case "male" -> AdministrativeGender.MALE;
            case "female" -> AdministrativeGender.FEMALE;
            case "other" -> AdministrativeGender.OTHER;
            case "unknown" -> AdministrativeGender.UNKNOWN;
            default -> throw invalid("gender");
        };
    }

    private static @Nullable LocalDate birthDate(@Nullable String text) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw invalid("birthdate");
        }
    }

    private static RuntimeException invalid(String claim) {
        return Failure.of(
                        Category.INVALID, "account-claim", "the login carries a claim that no account can have", claim)
                .exception();
    }
}
