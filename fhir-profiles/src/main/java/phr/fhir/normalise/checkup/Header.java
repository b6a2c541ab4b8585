package phr.fhir.normalise.checkup;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.xml.Element;

/**
 * The document without its body (checkup-cda.md §5).
 *
 * @param root the root element without content
 * @param parts its children except {@code component}
 * @param order names of all its children, as they stand
 */
record Header(Element root, List<Element> parts, List<String> order) {

    static final String CDA = "urn:hl7-org:v3";

    boolean isCda() {
        return root.name.equals("ClinicalDocument");
    }

    /** 決済情報: a bill, not a result (N-5). */
    boolean isClaim() {
        return root.name.equals("checkupClaim") || root.name.equals("guidanceClaim");
    }

    boolean isIndex() {
        return root.name.equals("index") || root.name.equals("summary");
    }

    Optional<Element> first(String name) {
        return parts.stream().filter(part -> part.name.equals(name)).findFirst();
    }

    List<Element> all(String name) {
        return parts.stream().filter(part -> part.name.equals(name)).toList();
    }

    Optional<Element> at(String name, String... below) {
        return first(name).flatMap(part -> part.at(below));
    }

    /** 報告区分. */
    @Nullable
    String reportCode() {
        return first("code").map(code -> code.code("code")).orElse(null);
    }

    /** プログラム種別. */
    @Nullable
    String programCode() {
        return at("documentationOf", "serviceEvent", "code")
                .map(code -> code.code("code"))
                .orElse(null);
    }

    Optional<Element> patientRole() {
        return at("recordTarget", "patientRole");
    }

    /** The element that names the person: in a claim it has another place. */
    Optional<Element> person() {
        return isClaim() ? first("subjectPerson") : at("recordTarget", "patientRole", "patient");
    }

    @Nullable
    String sex() {
        return person().map(person ->
                        person.codeAt("code", isClaim() ? "administrativeGender" : "administrativeGenderCode"))
                .orElse(null);
    }

    @Nullable
    String birthDate() {
        return person().map(person -> person.codeAt("value", "birthTime")).orElse(null);
    }

    String name() {
        return person().flatMap(person -> person.at("name"))
                .map(Element::allText)
                .orElse("");
    }

    /** {@code serviceEvent/effectiveTime}: the value, or the begin of an interval. */
    Optional<Element> checkupTime() {
        return at("documentationOf", "serviceEvent", "effectiveTime")
                .flatMap(time -> time.code("value") == null ? time.at("low") : Optional.of(time));
    }

    Optional<LocalDate> checkupDate() {
        return checkupTime().flatMap(time -> CdaDates.parse(time.code("value")));
    }

    /** When the document was made; not the checkup date. */
    Optional<LocalDate> created() {
        return first("effectiveTime").flatMap(time -> CdaDates.parse(time.code("value")));
    }

    Optional<Element> performer() {
        return at("documentationOf", "serviceEvent", "performer", "assignedEntity", "representedOrganization");
    }

    Optional<Element> author() {
        return at("author", "assignedAuthor", "representedOrganization");
    }

    /** The part of a ticket (受診券) holder. */
    Optional<Element> ticket() {
        return all("participant").stream()
                .filter(participant -> "HLD".equals(participant.code("typeCode")))
                .findFirst();
    }
}
