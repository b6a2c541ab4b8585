package phr.fhir.normalise.clinical.echeckup;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Encounter;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.PhrCategory;
import phr.fhir.jp.CheckupOid;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.jp.ReportCategory;

/**
 * What a Composition says of the checkup it reports. All systems that were ever written for its codes are accepted (checkup-fhir.md §7,
 * C-1, C-2).
 *
 * @param report 報告区分 as received; null = none
 * @param program プログラム種別; null = none
 * @param date of the checkup, {@code yyyy-MM-dd}; null = not known
 * @param encounter reference to the visit in the record; empty = none
 */
public record CheckupDocument(
        boolean present,
        @Nullable String report,
        @Nullable String program,
        @Nullable String date,
        String encounter) {

    /** The file is no checkup document. */
    public static final CheckupDocument NONE = new CheckupDocument(false, null, null, null, "");

    private static final String ECHECKUP = "http://jpfhir.jp/fhir/eCheckup/CodeSystem/";
    private static final Set<String> REPORT_SYSTEMS = Set.of(
            "urn:oid:2.16.840.1.113883.2.2.1.6.1001",
            CheckupOid.REPORT_CATEGORY.urn(),
            ECHECKUP + "checkup-report-category");
    private static final Set<String> PROGRAM_SYSTEMS =
            Set.of(CheckupSystem.PROGRAM.url(), ECHECKUP + "checkup-programService-code");
    private static final String SECTIONS = ECHECKUP + "section-code";
    private static final String HEPATITIS_PROGRAM = "090";
    private static final String HEPATITIS_REPORT = "56";

    /** Empty when the Composition is of another kind, or none. */
    public static Optional<CheckupDocument> of(JsonNode composition, JsonNode encounter, String encounterReference) {
        String report = code(composition.path("category"), REPORT_SYSTEMS);
        boolean sections = false;
        for (JsonNode section : composition.path("section")) {
            sections |= !code(section.path("code"), Set.of(SECTIONS)).isEmpty();
        }
        if (report.isEmpty() && !sections) {
            return Optional.empty();
        }
        JsonNode event = composition.path("event").path(0);
        String program = code(event.path("code"), PROGRAM_SYSTEMS);
        String visited = encounter.path("period").path("start").asText("");
        String date = visited.isEmpty() ? event.path("period").path("start").asText("") : visited;
        return Optional.of(new CheckupDocument(
                true,
                report.isEmpty() ? null : report,
                program.isEmpty() ? null : program,
                date.matches("\\d{4}-\\d{2}-\\d{2}.*") ? date.substring(0, 10) : null,
                encounterReference));
    }

    /** Code of the first coding with one of the systems, in one concept or in several; empty when there is none. */
    private static String code(JsonNode concepts, Set<String> systems) {
        if (concepts.isArray()) {
            for (JsonNode concept : concepts) {
                String found = code(concept, systems);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        for (JsonNode coding : concepts.path("coding")) {
            if (systems.contains(coding.path("system").asText(""))) {
                return coding.path("code").asText("");
            }
        }
        return "";
    }

    /** 削除依頼: nothing is stored as a result, the person decides. */
    public boolean asksForDeletion() {
        return ReportCategory.find(report)
                .filter(category -> category.kind() == ReportCategory.Kind.DELETION)
                .isPresent();
    }

    /** Codes of the document as packages name a checkup (phr-package.md §3). */
    public List<Coding> types() {
        Coding named = new Coding().setSystem(CheckupSystem.DOCUMENT_TYPE.url());
        if (report == null) {
            return List.of(named.setCode("unspecified"));
        }
        String system = CheckupOid.REPORT_CATEGORY.oid();
        return List.of(
                new Coding().setSystem(system).setCode(report), named.setCode("urn:oid:" + system + "#" + report));
    }

    /** For people, in Japanese. */
    public String title() {
        String name = ReportCategory.find(report)
                .map(ReportCategory::japanese)
                .orElse(category() == PhrCategory.CHECKUP_MUNICIPAL ? ReportCategory.MUNICIPAL.japanese() : "健診");
        return date == null ? name : name + " " + date;
    }

    /** 肝炎検診: every item is sensitive (checkup-fhir.md §6.1a). */
    boolean hepatitis() {
        return HEPATITIS_PROGRAM.equals(program) || HEPATITIS_REPORT.equals(report);
    }

    /**
     * Consent categories of a resource of the document: the report's own beside others; empty (unknown) while it is not known. What
     * is in no checkup document, or insurance, has the others only.
     */
    public Set<PhrCategory> with(Set<PhrCategory> others) {
        if (!present || others.contains(PhrCategory.COVERAGE)) {
            return others;
        }
        PhrCategory own = category();
        if (own == null) {
            return Set.of();
        }
        Set<PhrCategory> all = EnumSet.of(own);
        all.addAll(others);
        return all;
    }

    /** The same of a result that is not coded by the item table; it never becomes a lifelog (checkup-fhir.md §6.1a). */
    public Set<PhrCategory> withResult(Set<PhrCategory> others) {
        if (!present) {
            return others;
        }
        Set<PhrCategory> all = EnumSet.noneOf(PhrCategory.class);
        others.stream()
                .filter(category -> !category.code().startsWith("lifelog-"))
                .forEach(all::add);
        if (hepatitis()) {
            all.add(PhrCategory.INFECTION_SENSITIVE);
        }
        return with(all);
    }

    /** Gives the visit the program of the checkup where it does not say it itself. */
    public void describe(Encounter visit) {
        boolean checkup =
                CheckupSystem.ENCOUNTER_CLASS.url().equals(visit.getClass_().getSystem());
        if (present && checkup && program != null && !visit.hasType()) {
            visit.addType(new CodeableConcept()
                    .addCoding(
                            new Coding().setSystem(CheckupSystem.PROGRAM.url()).setCode(program)));
        }
    }

    /** 51 to 58 are 自治体検診 (checkup-fhir.md §10). */
    private @Nullable PhrCategory category() {
        if (report != null && report.matches("5[1-8]")) {
            return PhrCategory.CHECKUP_MUNICIPAL;
        }
        return ReportCategory.find(report).map(ReportCategory::category).orElse(null);
    }
}
