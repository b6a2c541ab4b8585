package phr.fhir.catalogue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.FamilyMemberHistory;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;
import phr.fhir.facts.Tokens;
import phr.fhir.label.LabelTables;

/** Reads the facts of a resource (consent-semantics.md §4.2, §5.2, §6.1). Pure. */
public final class FactsReader {

    private static final Set<String> CODE_ELEMENTS =
            Set.of("code", "type", "class", "vaccineCode", "medication[x]", "value[x]");

    private FactsReader() {}

    /** With the label tables that come with the product. */
    public static Facts read(
            Resource resource, @Nullable String source, @Nullable Set<PhrCategory> categories, @Nullable Labels found) {
        return read(resource, source, categories, found, LabelTables.bundled());
    }

    /**
     * The facts of a resource whose id is a UUID.
     *
     * @param source id of the service, organisation or client the data came from
     * @param categories empty = unknown; null = a supporting type without categories of its own
     * @param found labels found by the format, which can only raise; {@link Labels#UNLABELLED} when no rule covers the
     *     resource; null = category defaults apply
     */
    public static Facts read(
            Resource resource,
            @Nullable String source,
            @Nullable Set<PhrCategory> categories,
            @Nullable Labels found,
            LabelTables tables) {
        Codings codings = Codings.of(resource);
        LabelTables.Finding finding = finding(codings, categories, tables);
        LabelReader.Read labels = LabelReader.read(resource, codings.mainSystems(), categories, finding, found, tables);
        return facts(resource, source, categories == null ? null : finding.categories(), codings, labels);
    }

    /**
     * The facts of a resource whose labels are exactly those that it carries in {@code meta.security}; without any it is
     * unlabelled (consent-semantics.md §16.4, {@code AS_GIVEN}). Categories come from the rules all the same.
     */
    public static Facts asGiven(
            Resource resource, @Nullable String source, @Nullable Set<PhrCategory> categories, LabelTables tables) {
        Codings codings = Codings.of(resource);
        LabelTables.Finding finding = finding(codings, categories, tables);
        LabelReader.Read labels = LabelReader.asGiven(resource, categories);
        return facts(resource, source, categories == null ? null : finding.categories(), codings, labels);
    }

    /** The labels that stand in {@code meta.security} and in contained resources; unlabelled when there are none. */
    public static Labels given(Resource resource) {
        return LabelReader.asGiven(resource, null).labels();
    }

    private static LabelTables.Finding finding(
            Codings codings, @Nullable Set<PhrCategory> categories, LabelTables tables) {
        return categories == null
                ? new LabelTables.Finding(Set.of(), List.of())
                : tables.find(categories, codings.coded());
    }

    private static Facts facts(
            Resource resource,
            @Nullable String source,
            @Nullable Set<PhrCategory> categories,
            Codings codings,
            LabelReader.Read labels) {
        return new Facts(
                resource.fhirType(),
                UUID.fromString(resource.getIdElement().getIdPart()),
                documentType(resource),
                source,
                device(resource),
                categories == null ? Tokens.ABSENT : categories.isEmpty() ? Tokens.UNKNOWN : categoryTokens(categories),
                codings.opaque() ? Tokens.UNKNOWN : Tokens.of(codes(resource)),
                Tokens.of(codings.authors()),
                codings.links(),
                labels.labels(),
                DataTimes.of(resource),
                labels.basis());
    }

    private static Tokens categoryTokens(Set<PhrCategory> categories) {
        return Tokens.of(categories.stream().map(PhrCategory::code).collect(Collectors.toSet()));
    }

    private static @Nullable String documentType(Resource resource) {
        CodeableConcept type = resource instanceof DocumentReference document
                ? document.getType()
                : resource instanceof Composition composition ? composition.getType() : null;
        return type == null || !type.hasCoding() ? null : token(type.getCodingFirstRep());
    }

    private static @Nullable String device(Resource resource) {
        if (!(resource instanceof Observation observation) || !observation.hasDevice()) {
            return null;
        }
        Reference device = observation.getDevice();
        for (Resource contained : observation.getContained()) {
            if (contained instanceof Device self && ("#" + local(self)).equals(device.getReference())) {
                return self.hasDeviceName() ? self.getDeviceNameFirstRep().getName() : self.getManufacturer();
            }
        }
        return device.hasReference() ? device.getReference() : device.getDisplay();
    }

    private static String local(Resource contained) {
        String id = contained.getIdElement().getIdPart();
        return id == null ? "" : id.replace("#", "");
    }

    private static Set<String> codes(Resource resource) {
        Set<String> codes = new TreeSet<>(codesOf(resource));
        if (resource instanceof Observation observation) {
            observation.getComponent().forEach(component -> codes.addAll(codesOf(component)));
        }
        if (resource instanceof FamilyMemberHistory history) {
            history.getCondition().forEach(condition -> codes.addAll(codesOf(condition)));
        }
        if (resource instanceof QuestionnaireResponse response) {
            codes.addAll(Questions.of(response));
        }
        if (resource instanceof DomainResource domain) {
            domain.getContained().forEach(contained -> codes.addAll(codes(contained)));
        }
        return codes;
    }

    private static Set<String> codesOf(Base owner) {
        Set<String> codes = new TreeSet<>();
        for (Property property : owner.children()) {
            if (CODE_ELEMENTS.contains(property.getName())) {
                property.getValues().forEach(value -> codes.addAll(tokens(value)));
            }
        }
        return codes;
    }

    private static List<String> tokens(@Nullable Base value) {
        List<Coding> codings = value instanceof CodeableConcept concept
                ? concept.getCoding()
                : value instanceof Coding coding ? List.of(coding) : List.of();
        return codings.stream().filter(Coding::hasCode).map(FactsReader::token).toList();
    }

    static String token(Coding coding) {
        return (coding.hasSystem() ? coding.getSystem() : "") + "|" + coding.getCode();
    }
}
