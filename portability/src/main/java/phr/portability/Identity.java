package phr.portability;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Account;
import phr.fhir.text.Names;
import phr.portability.json.JsonObject;

/** What the package says of the person can only contradict the account, never find it (phr-package.md §8.1). */
final class Identity {

    private Identity() {}

    /** Elements that differ; what either side does not know is not compared. */
    static List<Issue> contradictions(JsonObject patient, Account account) {
        List<Issue> found = new ArrayList<>();
        Optional<String> birthDate = patient.string("birthDate").filter(date -> date.length() == 10);
        if (account.birthDate() != null
                && birthDate.isPresent()
                && !birthDate.get().equals(account.birthDate().toString())) {
            found.add(differs("Patient.birthDate"));
        }
        if (decided(account.gender())
                && patient.string("gender")
                        .filter(gender -> gender.equals("male") || gender.equals("female"))
                        .filter(gender -> !gender.equals(account.gender().toCode()))
                        .isPresent()) {
            found.add(differs("Patient.gender"));
        }
        List<String> names = names(patient);
        boolean known = account.name() != null || account.kana() != null;
        if (known && !names.isEmpty() && names.stream().noneMatch(name -> same(name, account))) {
            found.add(differs("Patient.name"));
        }
        return found;
    }

    private static boolean same(String name, Account account) {
        return name.equals(key(account.name())) || name.equals(key(account.kana()));
    }

    private static List<String> names(JsonObject patient) {
        List<String> names = new ArrayList<>();
        for (JsonObject name : patient.objects("name")) {
            name.string("text")
                    .or(() -> name.string("family").map(family -> family + String.join("", name.strings("given"))))
                    .map(Names::key)
                    .filter(key -> !key.isEmpty())
                    .ifPresent(names::add);
        }
        return names;
    }

    private static boolean decided(AdministrativeGender gender) {
        return gender == AdministrativeGender.MALE || gender == AdministrativeGender.FEMALE;
    }

    private static String key(@Nullable String name) {
        return name == null ? "" : Names.key(name);
    }

    private static Issue differs(String expression) {
        return Issue.warning("business-rule", "PKG-PERSON", "the package describes another person", expression);
    }
}
