package phr.fhir.normalise.checkup;

import java.util.List;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Account;
import phr.fhir.normalise.StatedPerson;
import phr.fhir.normalise.StatedPerson.Difference;
import phr.fhir.normalise.xml.Element;

/** Whose document it is: the file can only contradict the account (checkup-cda.md §5.2). */
final class Identity {

    private static final String RULE = "CDA-5.2";

    private final Header header;
    private final StatedPerson person;

    Identity(Header header) {
        this.header = header;
        this.person = new StatedPerson(
                header.name(), null, CdaDates.parse(header.birthDate()).orElse(null), header.sex());
    }

    /** Two documents of one person have the same key. */
    String key() {
        return person.key();
    }

    /** Everything that differs; empty = the document is the account holder's. */
    List<Issue> contradictions(Account account) {
        return person.differences(account).stream().map(this::issue).toList();
    }

    private Issue issue(Difference difference) {
        String element = element(difference);
        Element named = header.person().orElse(header.root());
        Element at = named.at(element).orElse(named);
        List<String> places = named == header.root()
                ? List.of(header.root().path)
                : List.of(named.path + '/' + element, "line " + at.line);
        return new Issue(Issue.Severity.WARNING, "business-rule", RULE, difference.text(), places, null);
    }

    private String element(Difference difference) {
        return switch (difference) {
            case BIRTH_DATE -> "birthTime";
            case SEX -> header.isClaim() ? "administrativeGender" : "administrativeGenderCode";
            case NAME, NOTHING_TO_COMPARE_WITH -> "name";
        };
    }
}
