package phr.fhir.catalogue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.LabelBasis;
import phr.fhir.facts.LabelHit;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;
import phr.fhir.label.LabelTables;

/** Labels of a resource: category defaults, tables, what the source and the format say (consent-semantics.md §6.1). */
final class LabelReader {

    /** Categories whose catalogue row says "by code": without a covered code nobody knows how sensitive they are. */
    private static final Set<PhrCategory> BY_CODE = Set.of(
            PhrCategory.LAB,
            PhrCategory.PROBLEM,
            PhrCategory.MEDICATION,
            PhrCategory.MEDICATION_SELF,
            PhrCategory.PROCEDURE,
            PhrCategory.QUESTIONNAIRE);

    /** Purposes and integrity codes are no sensitivities (§6); whoever sends a resource cannot have it quarantined here. */
    private static final Set<String> UNTESTED = Set.of(
            Labels.QUARANTINE_SYSTEM,
            "http://terminology.hl7.org/CodeSystem/v3-ActReason",
            "http://terminology.hl7.org/CodeSystem/v3-ObservationValue");

    /** Refrain policies and obligations of v3-ActCode: carried, not tested (§6). */
    private static final Set<String> POLICIES = Set.of(("NOAUTH NOCOLLECT NODSCLCD NODSCLCDS NOINTEGRATE NOLIST NOMOU"
                    + " NOORGPOL NOPAT NOPERSISTP NOPRSRV NORDSCLCD NORDSCLCDS NORDSCLCW NORDSLCD NORELINK NOREUSE NOVIP ORCON"
                    + " ANONY AOD AUDIT AUDTR CPLYCC CPLYCD CPLYJPP CPLYOPP CPLYOSP CPLYPOL DECLASSIFYLABEL DEID DELAU"
                    + " DOWNGRDLABEL DRIVLABEL ENCRYPT ENCRYPTR ENCRYPTT ENCRYPTU HUAPRV LABEL MASK MINEC PERSISTLABEL PRIVMARK"
                    + " PSEUD REDACT UPGRDLABEL")
            .split(" "));

    private static final Set<String> LEGACY = Set.of("ETH", "HIV", "PSY", "SDV");

    /** Version of the catalogue's defaults, for the record of which rule gave a label. */
    private static final String CATALOGUE_VERSION = "1";

    private LabelReader() {}

    /** What came out. */
    record Read(Labels labels, LabelBasis basis) {}

    /**
     * @param own categories as the format gave them
     * @param finding all categories and the rules that hit
     * @param found labels of the format
     */
    static Read read(
            Resource resource,
            Set<String> mainSystems,
            @Nullable Set<PhrCategory> own,
            LabelTables.Finding finding,
            @Nullable Labels found,
            LabelTables tables) {
        Labels given = given(received(resource), found);
        Set<PhrCategory> all = own == null ? null : finding.categories();
        Labels labels = byCategory(mainSystems, all, tables);
        if (given != null) {
            labels = !given.labelled() ? given : labels.labelled() ? labels.raisedBy(given) : given;
        }
        List<LabelHit> hits = new ArrayList<>(defaults(all));
        hits.addAll(finding.hits());
        for (LabelHit hit : finding.hits()) {
            labels = labels.raisedBy(hit.labels());
        }
        return new Read(labels, new LabelBasis(own, given, hits));
    }

    /** Only what stands in {@code meta.security}; unlabelled when nothing does (consent-semantics.md §16.4, AS_GIVEN). */
    static Read asGiven(Resource resource, @Nullable Set<PhrCategory> own) {
        Labels received = received(resource);
        return new Read(received == null ? Labels.UNLABELLED : received, new LabelBasis(own, received, List.of()));
    }

    private static @Nullable Labels given(@Nullable Labels received, @Nullable Labels found) {
        if (received == null) {
            return found;
        }
        return found != null && found.labelled() ? received.raisedBy(found) : received;
    }

    private static Labels byCategory(
            Set<String> mainSystems, @Nullable Set<PhrCategory> categories, LabelTables tables) {
        if (categories == null) {
            return Labels.NORMAL;
        }
        boolean file = categories.contains(PhrCategory.RAW_FILE);
        boolean words = categories.contains(PhrCategory.CLINICAL_DOCUMENT);
        boolean undecided = categories.stream().anyMatch(BY_CODE::contains)
                && mainSystems.stream().noneMatch(tables::covers);
        if (categories.isEmpty() || (!file && (words || undecided))) {
            return Labels.UNLABELLED;
        }
        return categories.stream().map(PhrCategory::defaults).reduce(Labels.LEAST, Labels::raisedBy);
    }

    private static List<LabelHit> defaults(@Nullable Set<PhrCategory> categories) {
        if (categories == null || categories.isEmpty()) {
            return List.of();
        }
        return EnumSet.copyOf(categories).stream()
                .filter(category -> !category.defaults().equals(Labels.NORMAL))
                .map(category -> new LabelHit("catalogue." + category.code(), CATALOGUE_VERSION, category.defaults()))
                .toList();
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

    /** Null when there is none among them. */
    static @Nullable Labels fromSecurity(List<Coding> security) {
        Confidentiality strictest = null;
        Set<String> sensitivities = new HashSet<>();
        for (Coding coding : security) {
            Confidentiality level = level(coding);
            if (level != null) {
                strictest = strictest == null || strictest.atMost(level) ? level : strictest;
            } else if (tested(coding)) {
                sensitivities.add(sensitivity(coding));
            }
        }
        if (strictest == null && sensitivities.isEmpty()) {
            return null;
        }
        return new Labels(true, strictest == null ? Confidentiality.R : strictest, sensitivities);
    }

    private static boolean tested(Coding coding) {
        boolean policy = Labels.SENSITIVITY_SYSTEM.equals(coding.getSystem()) && POLICIES.contains(coding.getCode());
        return coding.hasCode() && !UNTESTED.contains(coding.getSystem()) && !policy;
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
