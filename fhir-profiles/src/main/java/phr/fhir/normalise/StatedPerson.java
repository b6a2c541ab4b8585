package phr.fhir.normalise;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.jspecify.annotations.Nullable;
import phr.fhir.text.Names;
import phr.fhir.text.Width;

/**
 * Whose a file says it is. It can only contradict the account, never choose it (checkup-cda.md §5.2).
 *
 * @param name kanji or kana, as written; empty = the file has none
 * @param kana the reading where the file has a place of its own for it
 * @param birthDate null = missing or impossible
 * @param sex 1 male, 2 female, as written; anything else is not compared
 */
public record StatedPerson(
        String name,
        @Nullable String kana,
        @Nullable LocalDate birthDate,
        @Nullable String sex) {

    /** What differs from the account. */
    public enum Difference {
        NOTHING_TO_COMPARE_WITH("the account lacks birth date or kana to compare with"),
        BIRTH_DATE("the birth date differs from the account"),
        SEX("the sex differs from the account"),
        NAME("the name differs from the account");

        private final String text;

        Difference(String text) {
            this.text = text;
        }

        /** For people, without any value. */
        public String text() {
            return text;
        }
    }

    /** Two files of one person have the same key. */
    public String key() {
        return Names.key(name) + '|' + Objects.toString(birthDate, "") + '|' + folded(sex);
    }

    /** Everything that differs; empty = the file is the account holder's. */
    public List<Difference> differences(Account account) {
        List<Difference> found = new ArrayList<>();
        if (account.birthDate() == null || account.kana() == null) {
            found.add(Difference.NOTHING_TO_COMPARE_WITH);
        }
        if (account.birthDate() != null && !account.birthDate().equals(birthDate)) {
            found.add(Difference.BIRTH_DATE);
        }
        if (sexDiffers(account.gender())) {
            found.add(Difference.SEX);
        }
        if (account.kana() != null && nameDiffers(account.kana(), account.name())) {
            found.add(Difference.NAME);
        }
        return found;
    }

    private boolean sexDiffers(AdministrativeGender account) {
        return switch (folded(sex)) {
            case "1" -> account == AdministrativeGender.FEMALE;
            case "2" -> account == AdministrativeGender.MALE;
            default -> false;
        };
    }

    private boolean nameDiffers(String accountKana, @Nullable String accountKanji) {
        String reading = Names.key(kana == null ? "" : kana);
        if (!reading.isEmpty()) {
            return !reading.equals(Names.key(accountKana));
        }
        String key = Names.key(name);
        if (!key.isEmpty() && key.equals(Names.key(accountKana))) {
            return false;
        }
        return key.isEmpty() || Names.isKana(key) || accountKanji == null || !key.equals(Names.key(accountKanji));
    }

    private static String folded(@Nullable String raw) {
        return raw == null ? "" : Width.nfkcTrimmed(raw);
    }
}
