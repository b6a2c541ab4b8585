package phr.fhir.normalise.clinical.survey;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.StatedPerson;
import phr.fhir.normalise.StatedPerson.Difference;
import phr.fhir.text.Names;

/** Whom a file is about. Its Patients can only contradict the account, never choose it (checkup-cda.md §5.2). */
final class Persons {

    private static final String RULE = "FHIR-11";
    private static final String REPRESENTATION = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation";
    /** More people than a file of one person speaks of. */
    private static final int MOST = 1000;

    /** A Patient of the file, and all names by which others refer to it. */
    private record Stated(String place, Set<String> names, StatedPerson person, Set<Difference> notStated) {}

    private final Intake intake;
    private final Links links;
    private final List<Stated> patients = new ArrayList<>();
    private final Set<String> subjects = new LinkedHashSet<>();

    Persons(Intake intake, Links links) {
        this.intake = intake;
        this.links = links;
    }

    void patient(Entry entry) {
        if (patients.size() < MOST) {
            patients.add(stated(entry));
        }
    }

    /** A resource of the file says whose it is. */
    void subject(String reference) {
        if (subjects.size() < 2 && !reference.isEmpty() && !reference.startsWith("#") && !links.person(reference)) {
            subjects.add(reference);
        }
    }

    /**
     * Who of them is the person, once the file has been looked through.
     *
     * @param principal reference to the subject of the document; empty when it is none
     */
    Whose whose(String principal) {
        if (patients.isEmpty()) {
            return withoutPatient();
        }
        Set<String> hers = new HashSet<>();
        List<Stated> others = new ArrayList<>();
        for (Stated patient : patients) {
            if (differences(patient).isEmpty()) {
                hers.addAll(patient.names());
            } else {
                others.add(patient);
            }
        }
        if (!hers.isEmpty()) {
            return new Whose(hers, !others.isEmpty(), List.of());
        }
        Stated named = named(principal);
        if (named == null) {
            return Whose.nobody(issue("none of the people in the file is the person of this record", "$"));
        }
        return intake.confirmed()
                ? new Whose(named.names(), patients.size() > 1, List.of())
                : new Whose(Set.of(), false, issues(named));
    }

    /** Only an id of the source says whose the file is; two such ids say of two people. */
    private Whose withoutPatient() {
        if (subjects.size() != 1) {
            return new Whose(Set.of(), !subjects.isEmpty(), List.of());
        }
        return intake.confirmed()
                ? new Whose(subjects, false, List.of())
                : Whose.nobody(issue("the file names its person by an id of the source only", "$"));
    }

    private @Nullable Stated named(String principal) {
        if (patients.size() == 1) {
            return patients.get(0);
        }
        return patients.stream()
                .filter(patient -> patient.names().contains(principal))
                .findFirst()
                .orElse(null);
    }

    /** Who is known by her id need not state everything. */
    private List<Difference> differences(Stated patient) {
        boolean known = patient.names().stream().anyMatch(links::person);
        return patient.person().differences(intake.account()).stream()
                .filter(difference -> !known || !patient.notStated().contains(difference))
                .toList();
    }

    private List<Issue> issues(Stated patient) {
        return differences(patient).stream()
                .map(difference -> issue(difference.text(), patient.place() + element(difference)))
                .toList();
    }

    private static Issue issue(String text, String place) {
        return Issue.warning("business-rule", RULE, text, place);
    }

    private static String element(Difference difference) {
        return switch (difference) {
            case BIRTH_DATE -> ".birthDate";
            case SEX -> ".gender";
            case NAME -> ".name";
            case NOTHING_TO_COMPARE_WITH -> "";
        };
    }

    private static Stated stated(Entry entry) {
        Set<String> names = new HashSet<>(List.of(entry.fullUrl(), entry.typeAndId()));
        names.remove("");
        JsonNode patient = entry.resource();
        String kanji = name(patient, "IDE");
        String kana = name(patient, "SYL");
        String plain = kanji.isEmpty() ? name(patient, "") : kanji;
        LocalDate born = date(patient.path("birthDate").asText(""));
        StatedPerson person = new StatedPerson(plain, kana.isEmpty() ? null : kana, born, sex(patient));
        Set<Difference> notStated = new HashSet<>(Set.of(Difference.NOTHING_TO_COMPARE_WITH));
        if (born == null) {
            notStated.add(Difference.BIRTH_DATE);
        }
        if (plain.isEmpty() && kana.isEmpty()) {
            notStated.add(Difference.NAME);
        }
        return new Stated(entry.place(), names, person, notStated);
    }

    /** The first name written so; the first of all for an empty representation. */
    private static String name(JsonNode patient, String representation) {
        for (JsonNode name : patient.path("name")) {
            String written = written(name);
            if (!Names.key(written).isEmpty() && (representation.isEmpty() || represents(name, representation))) {
                return written;
            }
        }
        return "";
    }

    private static boolean represents(JsonNode name, String representation) {
        for (JsonNode extension : name.path("extension")) {
            if (extension.path("url").asText("").equals(REPRESENTATION)) {
                return extension.path("valueCode").asText("").equals(representation);
            }
        }
        return false;
    }

    private static String written(JsonNode name) {
        String text = name.path("text").asText("");
        if (!text.isBlank()) {
            return text;
        }
        StringBuilder parts = new StringBuilder(name.path("family").asText(""));
        name.path("given").forEach(given -> parts.append(' ').append(given.asText("")));
        return parts.toString();
    }

    private static @Nullable String sex(JsonNode patient) {
        return switch (patient.path("gender").asText("")) {
            case "male" -> "1";
            case "female" -> "2";
            default -> null;
        };
    }

    private static @Nullable LocalDate date(String text) {
        try {
            return text.length() == 10 ? LocalDate.parse(text) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
