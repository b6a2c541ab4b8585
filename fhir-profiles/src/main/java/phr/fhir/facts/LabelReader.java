package phr.fhir.facts;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** Labels of a resource: category defaults, code table, what the source and the format say (consent-semantics.md §6.1). */
final class LabelReader {

    /** Categories whose catalogue row says "by code": without a covered code nobody knows how sensitive they are. */
    private static final Set<PhrCategory> BY_CODE = Set.of(
            PhrCategory.LAB,
            PhrCategory.PROBLEM,
            PhrCategory.MEDICATION,
            PhrCategory.MEDICATION_SELF,
            PhrCategory.PROCEDURE,
            PhrCategory.QUESTIONNAIRE);

    /** Purposes and integrity codes are no sensitivities (§6). */
    private static final Set<String> UNTESTED = Set.of(
            "http://terminology.hl7.org/CodeSystem/v3-ActReason",
            "http://terminology.hl7.org/CodeSystem/v3-ObservationValue");

    private static final Set<String> LEGACY = Set.of("ETH", "HIV", "PSY", "SDV");

    private LabelReader() {}

    static Labels read(
            Resource resource,
            Set<String> mainSystems,
            Set<String> codes,
            @Nullable Set<PhrCategory> categories,
            @Nullable Labels found) {
        Labels received = received(resource);
        Labels known = byCategory(mainSystems, categories);
        Labels labels = received == null ? known : known.labelled() ? known.raisedBy(received) : received;
        if (found != null && (found.labelled() || received == null)) {
            labels = labels.raisedBy(found);
        }
        for (Labels hit : hits(codes, categories)) {
            labels = labels.raisedBy(hit);
        }
        return labels;
    }

    private static Labels byCategory(Set<String> mainSystems, @Nullable Set<PhrCategory> categories) {
        if (categories == null) {
            return Labels.NORMAL;
        }
        boolean undecided = categories.stream().anyMatch(BY_CODE::contains)
                && mainSystems.stream().noneMatch(LabelRules::covers);
        if (categories.isEmpty() || undecided) {
            return Labels.UNLABELLED;
        }
        return categories.stream().map(PhrCategory::defaults).reduce(Labels.LEAST, Labels::raisedBy);
    }

    private static List<Labels> hits(Set<String> codes, @Nullable Set<PhrCategory> categories) {
        Set<String> names = categories == null
                ? Set.of()
                : categories.stream().map(PhrCategory::code).collect(Collectors.toSet());
        return LabelRules.hits(names, codes);
    }

    /** Labels that came with the resource and those contained in it; null when there are none. */
    private static @Nullable Labels received(Resource resource) {
        Labels labels = fromSecurity(resource.getMeta().getSecurity());
        if (resource instanceof DomainResource domain) {
            for (Resource contained : domain.getContained()) {
                Labels inner = received(contained);
                labels = labels == null ? inner : inner == null ? labels : labels.raisedBy(inner);
            }
        }
        return labels;
    }

    private static @Nullable Labels fromSecurity(List<Coding> security) {
        Confidentiality strictest = null;
        Set<String> sensitivities = new HashSet<>();
        for (Coding coding : security) {
            Confidentiality level = level(coding);
            if (level != null) {
                strictest = strictest == null || strictest.atMost(level) ? level : strictest;
            } else if (coding.hasCode() && !UNTESTED.contains(coding.getSystem())) {
                sensitivities.add(sensitivity(coding));
            }
        }
        if (strictest == null && sensitivities.isEmpty()) {
            return null;
        }
        return new Labels(true, strictest == null ? Confidentiality.R : strictest, sensitivities);
    }

    private static @Nullable Confidentiality level(Coding coding) {
        if (!Confidentiality.SYSTEM.equals(coding.getSystem())) {
            return null;
        }
        for (Confidentiality level : Confidentiality.values()) {
            if (level.name().equals(coding.getCode())) {
                return level;
            }
        }
        return null;
    }

    private static String sensitivity(Coding coding) {
        boolean legacy = Confidentiality.SYSTEM.equals(coding.getSystem()) && LEGACY.contains(coding.getCode());
        boolean bare = legacy || Labels.SENSITIVITY_SYSTEM.equals(coding.getSystem());
        return bare ? coding.getCode() : (coding.hasSystem() ? coding.getSystem() : "") + "|" + coding.getCode();
    }
}
