package phr.fhir.normalise.checkup;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;
import phr.fhir.jp.CheckupCategory;
import phr.fhir.jp.CheckupItem;
import phr.fhir.jp.CheckupItems;
import phr.fhir.jp.CheckupOid;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.jp.Generation;
import phr.fhir.jp.MunicipalItem;
import phr.fhir.jp.MunicipalItems;
import phr.fhir.normalise.xml.Element;

/** One CDA observation becomes one FHIR Observation (checkup-cda.md §6.4). */
final class Observations {

    private static final String JLAC10 = "1.2.392.200119.4.504";
    private static final Labels INFECTION = new Labels(true, Confidentiality.R, Set.of("STD"));

    private final DocumentContext document;
    private final Located issues;
    private final Values values;
    private final Statements statements;
    private final Map<String, Element> seen = new HashMap<>();
    private final Consistency consistency;
    private int read;
    private int mapped;

    Observations(DocumentContext document) {
        this.document = document;
        this.issues = document.issues();
        this.values = new Values(issues, Generation.on(document.date()));
        this.statements = new Statements(issues, Generation.on(document.date()));
        this.consistency = new Consistency(issues);
    }

    int read() {
        return read;
    }

    int mapped() {
        return mapped;
    }

    Consistency consistency() {
        return consistency;
    }

    /** @return reference to the result; empty when there is no code to file it under */
    Optional<Reference> single(@Nullable String section, Element observation, boolean groupNegated) {
        read++;
        Element at = observation.at("code").orElse(observation);
        String code = at.code("code");
        if (code == null) {
            issues.warning("required", "CDA-6.1", "observation without code; it stays in the original", at);
            return Optional.empty();
        }
        SchemaFaults.observation(observation, issues);
        CheckupItem item = item(at, code);
        mapped += item == null ? 0 : 1;
        Observation result = new Observation();
        result.addCategory(CheckupCategory.of(code, item).concept());
        result.setCode(coded(at, code, item));
        result.setSubject(document.keys().subject());
        result.setEncounter(document.keys().reference("Encounter", "1"));
        result.setEffective(new DateTimeType(effective(observation).toString()));
        values.map(result, observation, item, groupNegated);
        statements.map(result, observation, item);
        twice(code, observation);
        consistency.saw(code, observation);
        String key = document.drafts().numbered(code);
        performer(result, observation, key);
        document.drafts().add(key, result, categories(section, code, item), labels(section, code, item), observation);
        return Optional.of(document.keys().reference("Observation", key));
    }

    private @Nullable CheckupItem item(Element at, String code) {
        String system = at.code("codeSystem");
        boolean own = system == null || CheckupOid.ITEM.is(system) || JLAC10.equals(system);
        CheckupItem item = own ? CheckupItems.find(code).orElse(null) : null;
        if (item == null && (own || MunicipalItems.OID.equals(system))) {
            item = MunicipalItems.find(code).map(MunicipalItem::item).orElse(null);
        }
        if (item == null) {
            issues.warning("not-supported", "CDA-R8", "item outside the table; stored under its code", at);
            return null;
        }
        String label = at.code("displayName");
        if (label != null && !Labelling.knows(item, label)) {
            issues.information("business-rule", "N-1", "displayName is not a name of the item; the code counts", at);
        }
        return item;
    }

    private static CodeableConcept coded(Element at, String code, @Nullable CheckupItem item) {
        String system = at.code("codeSystem");
        if (item != null) {
            boolean municipal = CheckupItems.find(code).isEmpty() || MunicipalItems.OID.equals(system);
            CheckupSystem known = municipal ? CheckupSystem.MUNICIPAL_ITEM : CheckupSystem.ITEM;
            return new CodeableConcept().addCoding(Codings.of(known, code).setDisplay(item.name()));
        }
        Coding coding = Codings.under(system == null ? CheckupOid.ITEM.oid() : system, code);
        return new CodeableConcept().addCoding(coding).setText(at.code("displayName"));
    }

    private LocalDate effective(Element observation) {
        Optional<Element> time = observation.at("effectiveTime");
        String value = time.map(at -> at.code("value")).orElse(null);
        if (value == null) {
            return document.date();
        }
        Optional<LocalDate> date = CdaDates.parse(value);
        if (date.isEmpty()) {
            issues.warning(
                    "value", "CDA-6.4", "date of the observation is no date; the checkup date is taken", time.get());
        }
        return date.orElse(document.date());
    }

    /** The physician of a finding: also how the author items of the table are told (checkup-cda.md §6.3). */
    private void performer(Observation result, Element observation, String key) {
        observation
                .at("author", "assignedAuthor", "assignedPerson", "name")
                .map(Element::allText)
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .ifPresent(name -> {
                    Practitioner physician = new Practitioner();
                    physician.addName().setText(name);
                    document.drafts().add(key, physician);
                    result.addPerformer(document.keys().reference("Practitioner", key));
                });
    }

    /** N-11: both are kept; told once for each repetition with another value. */
    private void twice(String code, Element observation) {
        Element earlier = seen.putIfAbsent(code, observation);
        if (earlier != null && !content(earlier).equals(content(observation))) {
            issues.warning(
                    "business-rule", "N-11", "the item occurs again with another value; both are kept", observation);
        }
    }

    private static List<String> content(Element observation) {
        return observation.children("value").stream()
                .map(value -> value.attribute("value") + "|" + value.attribute("code") + "|" + value.text())
                .toList();
    }

    private Set<PhrCategory> categories(@Nullable String section, String code, @Nullable CheckupItem item) {
        Set<PhrCategory> more = EnumSet.noneOf(PhrCategory.class);
        if (CheckupCategory.of(code, item) == CheckupCategory.LABORATORY) {
            more.add(PhrCategory.LAB);
        }
        if (CheckupCategory.infection(code) || document.hepatitis(section)) {
            more.add(PhrCategory.INFECTION_SENSITIVE);
        }
        return document.with(more);
    }

    private @Nullable Labels labels(@Nullable String section, String code, @Nullable CheckupItem item) {
        if (item == null) {
            return Labels.UNLABELLED;
        }
        return CheckupCategory.infection(code) || document.hepatitis(section) ? INFECTION : null;
    }
}
