package phr.fhir.normalise.clinical.echeckup;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;
import phr.fhir.failure.Issue;
import phr.fhir.jp.CheckupCategory;
import phr.fhir.jp.CheckupItem;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.normalise.clinical.echeckup.ItemCodes.Coded;

/**
 * Received results in the form of the record: one Observation for each item, under the code of the item table, with its category, its
 * unit and the names of its answers (checkup-fhir.md §6.1, §6.2, checkup-cda.md §6.4).
 */
public final class CheckupResults {

    private static final String PERFORMER =
            "http://jpfhir.jp/fhir/eCheckup/Extension/StructureDefinition/observation-component-performer";
    private static final Labels INFECTION = new Labels(true, Confidentiality.R, Set.of("STD"));

    private final CheckupDocument document;
    private final Consumer<Issue> issues;
    private final ItemValues values;
    private final Groups groups;

    /** @param items of the results of the file by their references */
    public CheckupResults(CheckupDocument document, Map<String, String> items, Consumer<Issue> issues) {
        this.document = document;
        this.issues = issues;
        this.values = new ItemValues(issues);
        this.groups = new Groups(items, issues);
    }

    /** Whether it is one: coded by an item table, by the groups, or in JLAC10 by a code that an item table has. */
    public static boolean ofCheckup(Observation observation) {
        return Groups.isGroup(observation) || ItemCodes.own(observation) || ItemCodes.joins(observation);
    }

    /** The item of a result that has not been parsed. */
    public static Optional<String> item(JsonNode observation) {
        return ItemCodes.code(observation);
    }

    /** The results that the Observation holds, itself first; empty when it stays in the original, with an issue. */
    public List<CheckupResult> of(Observation observation, String place) {
        complete(observation, place);
        if (Groups.isGroup(observation)) {
            return groups.map(observation, place)
                    ? List.of(new CheckupResult(observation, "", consent(groups.sensitive(observation), false), null))
                    : List.of();
        }
        List<ObservationComponentComponent> parts = List.copyOf(observation.getComponent());
        observation.setComponent(null);
        List<CheckupResult> all = new ArrayList<>();
        all.add(result(observation, "", place, parts.isEmpty()));
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            String key = key(parts.get(i).getCode());
            int n = seen.merge(key, 1, Integer::sum);
            Observation part = part(observation, parts.get(i));
            all.add(result(part, n == 1 ? key : key + "|" + n, place + ".component[" + i + "]", true));
        }
        return all;
    }

    /** Day and visit of the checkup, where the result does not name its own (C-3). */
    private void complete(Observation observation, String place) {
        if (!observation.hasEffective() && document.date() != null) {
            observation.setEffective(new DateTimeType(document.date()));
            issues.accept(Issue.information(
                    "required", "ECH-3", "no time of the result; the checkup date is taken", place + ".effective"));
        }
        if (!observation.hasEncounter() && !document.encounter().isEmpty()) {
            observation.setEncounter(new Reference(document.encounter()));
        }
    }

    private CheckupResult result(Observation observation, String part, String place, boolean alone) {
        Optional<Coded> coded = ItemCodes.settle(observation.getCode());
        String code = coded.map(Coded::code).orElse("");
        CheckupItem item = coded.map(Coded::item).orElse(null);
        if (item == null && coded.isPresent()) {
            issues.accept(Issue.warning(
                    "not-supported", "CDA-R8", "item outside the table; stored under its code", place + ".code"));
        }
        CheckupCategory category = code.isEmpty() ? CheckupCategory.EXAM : CheckupCategory.of(code, item);
        observation.setCategory(new ArrayList<>(List.of(category.concept())));
        values.check(observation, item, place, alone);
        boolean infection = !code.isEmpty() && CheckupCategory.infection(code) || document.hepatitis();
        Set<PhrCategory> categories = consent(infection, category == CheckupCategory.LABORATORY);
        return new CheckupResult(observation, part, categories, labels(coded.orElse(null), infection));
    }

    private Set<PhrCategory> consent(boolean infection, boolean laboratory) {
        Set<PhrCategory> more = EnumSet.noneOf(PhrCategory.class);
        if (laboratory) {
            more.add(PhrCategory.LAB);
        }
        if (infection) {
            more.add(PhrCategory.INFECTION_SENSITIVE);
        }
        return document.with(more);
    }

    /** A municipal item outside the table is labelled by the label tables when it is a test for an infection. */
    private @Nullable Labels labels(@Nullable Coded coded, boolean infection) {
        boolean known = coded != null && coded.item() != null;
        if (!known && !(infection && coded != null && coded.system() == CheckupSystem.MUNICIPAL_ITEM)) {
            return Labels.UNLABELLED;
        }
        return infection && document.present() ? INFECTION : null;
    }

    private static Observation part(Observation whole, ObservationComponentComponent part) {
        Observation result = new Observation();
        result.setStatus(whole.getStatus());
        result.setCode(part.getCode());
        result.setSubject(whole.getSubject());
        result.setEncounter(whole.hasEncounter() ? whole.getEncounter() : null);
        result.setEffective(whole.getEffective());
        result.setValue(part.getValue());
        result.setDataAbsentReason(part.hasDataAbsentReason() ? part.getDataAbsentReason() : null);
        result.setInterpretation(part.getInterpretation());
        result.setReferenceRange(part.getReferenceRange());
        if (part.getExtensionByUrl(PERFORMER) != null
                && part.getExtensionByUrl(PERFORMER).getValue() instanceof Reference performer) {
            result.addPerformer(performer);
        }
        return result;
    }

    private static String key(CodeableConcept code) {
        String first = code.hasCoding() ? code.getCoding().get(0).getCode() : null;
        return ItemCodes.code(code).orElse(first == null ? "part" : first);
    }
}
