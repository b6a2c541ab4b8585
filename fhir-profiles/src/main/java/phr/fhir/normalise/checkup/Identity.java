package phr.fhir.normalise.checkup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Account;
import phr.fhir.text.Names;
import phr.fhir.text.Width;

/** Whose document it is: the file can only contradict the account (checkup-cda.md §5.2). */
final class Identity {

    private static final String RULE = "CDA-5.2";

    private final Header header;

    Identity(Header header) {
        this.header = header;
    }

    /** Two documents of one person have the same key. */
    String key() {
        return Names.key(header.name()) + '|' + folded(header.birthDate()) + '|' + folded(header.sex());
    }

    /** Everything that differs; empty = the document is the account holder's. */
    List<Issue> contradictions(Account account) {
        List<Issue> found = new ArrayList<>();
        if (account.birthDate() == null || account.kana() == null) {
            found.add(issue("the account lacks birth date or kana to compare with", "name"));
        }
        if (account.birthDate() != null
                && !CdaDates.parse(header.birthDate()).equals(Optional.of(account.birthDate()))) {
            found.add(issue("the birth date differs from the account", "birthTime"));
        }
        if (sexDiffers(account.gender())) {
            found.add(issue(
                    "the sex differs from the account",
                    header.isClaim() ? "administrativeGender" : "administrativeGenderCode"));
        }
        if (account.kana() != null && nameDiffers(account.kana(), account.name())) {
            found.add(issue("the name differs from the account", "name"));
        }
        return found;
    }

    private boolean sexDiffers(AdministrativeGender account) {
        return switch (folded(header.sex())) {
            case "1" -> account == AdministrativeGender.FEMALE;
            case "2" -> account == AdministrativeGender.MALE;
            default -> false;
        };
    }

    private boolean nameDiffers(String kana, @Nullable String kanji) {
        String key = Names.key(header.name());
        if (!key.isEmpty() && key.equals(Names.key(kana))) {
            return false;
        }
        return key.isEmpty() || Names.isKana(key) || kanji == null || !key.equals(Names.key(kanji));
    }

    private Issue issue(String text, String element) {
        Element person = header.person().orElse(header.root());
        Element at = person.at(element).orElse(person);
        List<String> places = person == header.root()
                ? List.of(header.root().path)
                : List.of(person.path + '/' + element, "line " + at.line);
        return new Issue(Issue.Severity.WARNING, "business-rule", RULE, text, places, null);
    }

    private static String folded(@Nullable String raw) {
        return raw == null ? "" : Width.nfkcTrimmed(raw);
    }
}
