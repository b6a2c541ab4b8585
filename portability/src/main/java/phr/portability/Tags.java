package phr.portability;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;

/** Categories and labels as they travel on {@code meta}. */
final class Tags {

    /** Types that belong to nobody in particular. */
    private static final Set<String> SUPPORTING = Set.of(
            "Organization",
            "Practitioner",
            "PractitionerRole",
            "Location",
            "HealthcareService",
            "Device",
            "Medication",
            "Substance",
            "Provenance");

    private Tags() {}

    /** Empty = unknown; null = a supporting type without categories of its own. */
    static @Nullable Set<PhrCategory> categories(Resource resource) {
        Set<PhrCategory> found = EnumSet.noneOf(PhrCategory.class);
        for (Coding tag : resource.getMeta().getTag()) {
            if (Names.CATEGORY_SYSTEM.equals(tag.getSystem())) {
                known(tag.getCode(), found);
            }
        }
        return found.isEmpty() && SUPPORTING.contains(resource.fhirType()) ? null : found;
    }

    /** Labels that can only raise; null when the resource carries none. */
    static @Nullable Labels labels(Meta meta) {
        Confidentiality level = null;
        Set<String> sensitivities = new HashSet<>();
        for (Coding label : meta.getSecurity()) {
            if (label.getCode() == null) {
                continue;
            }
            if (Confidentiality.SYSTEM.equals(label.getSystem())) {
                level = stricter(level, label.getCode());
            } else if (Labels.SENSITIVITY_SYSTEM.equals(label.getSystem())) {
                sensitivities.add(label.getCode());
            } else {
                sensitivities.add(label.getSystem() + "|" + label.getCode());
            }
        }
        if (level == null && sensitivities.isEmpty()) {
            return null;
        }
        return new Labels(true, level == null ? Confidentiality.R : level, sensitivities);
    }

    private static @Nullable Confidentiality stricter(@Nullable Confidentiality level, String code) {
        try {
            Confidentiality other = Confidentiality.valueOf(code);
            return level == null || level.atMost(other) ? other : level;
        } catch (IllegalArgumentException e) {
            return level;
        }
    }

    private static void known(@Nullable String code, Set<PhrCategory> found) {
        for (PhrCategory category : PhrCategory.values()) {
            if (category.code().equals(code)) {
                found.add(category);
            }
        }
    }
}
