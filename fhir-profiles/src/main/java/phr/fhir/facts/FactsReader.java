package phr.fhir.facts;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import phr.fhir.Elements;

/** Reads the facts of a resource (consent-semantics.md §4.2, §5.2, §6.1). Pure. */
public final class FactsReader {

    private static final Pattern LOCAL = Pattern.compile("[A-Z][A-Za-z]{2,40}/[A-Za-z0-9.-]{1,64}");
    private static final Set<String> CODE_ELEMENTS =
            Set.of("code", "type", "class", "vaccineCode", "medication[x]", "value[x]");
    private static final Set<String> MAIN_CODES = Set.of("code", "vaccineCode", "medication[x]");
    private static final Set<String> AUTHOR_ELEMENTS = Set.of(
            "performer",
            "author",
            "asserter",
            "recorder",
            "informationSource",
            "requester",
            "participant",
            "actor",
            "who");

    private FactsReader() {}

    /**
     * The facts of a resource whose id is a UUID.
     *
     * @param source id of the service, organisation or client the data came from
     * @param categories empty = unknown; null = a supporting type without categories of its own
     * @param found labels found by the format, which can only raise; {@link Labels#UNLABELLED} when no rule covers the
     *     resource; null = category defaults apply
     */
    public static Facts read(
            Resource resource, @Nullable String source, @Nullable Set<PhrCategory> categories, @Nullable Labels found) {
        Links links = links(resource);
        Set<String> codes = codes(resource);
        return new Facts(
                resource.fhirType(),
                UUID.fromString(resource.getIdElement().getIdPart()),
                documentType(resource),
                source,
                device(resource),
                categories == null ? Tokens.ABSENT : categories.isEmpty() ? Tokens.UNKNOWN : categoryTokens(categories),
                opaque(resource) ? Tokens.UNKNOWN : Tokens.of(codes),
                Tokens.of(links.authors),
                links.all,
                LabelReader.read(resource, mainSystems(resource), codes, categories, found),
                DataTimes.of(resource));
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

    private record Links(Set<String> all, Set<String> authors) {}

    /** References to other resources of the record; the person herself is no link. */
    private static Links links(Resource resource) {
        Links links = new Links(new LinkedHashSet<>(), new LinkedHashSet<>());
        Elements.walk(resource, (path, parent, definition, values) -> values.stream()
                .filter(Reference.class::isInstance)
                .map(value -> ((Reference) value).getReference())
                .filter(text -> text != null && LOCAL.matcher(text).matches())
                .forEach(text -> add(links, definition.getName(), text)));
        return links;
    }

    private static void add(Links links, String element, String reference) {
        if (AUTHOR_ELEMENTS.contains(element)) {
            links.authors.add(reference);
        }
        if (!reference.startsWith("Patient/")) {
            links.all.add(reference);
        }
    }

    /** A code in words only, or a file whose content no code describes; a container is as opaque as what it contains (§4.2). */
    private static boolean opaque(Resource resource) {
        if (resource instanceof DocumentReference || resource.fhirType().equals("Binary")) {
            return true;
        }
        boolean inWords = mainCodes(resource).stream().anyMatch(code -> !code.isEmpty() && !code.hasCoding());
        return inWords
                || resource instanceof DomainResource domain
                        && domain.getContained().stream().anyMatch(FactsReader::opaque);
    }

    private static Set<String> codes(Resource resource) {
        Set<String> codes = new TreeSet<>(codesOf(resource));
        if (resource instanceof Observation observation) {
            observation.getComponent().forEach(component -> codes.addAll(codesOf(component)));
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

    private static Set<String> mainSystems(Resource resource) {
        return mainCodes(resource).stream()
                .flatMap(code -> code.getCoding().stream())
                .filter(coding -> coding.hasCode() && coding.hasSystem())
                .map(Coding::getSystem)
                .collect(Collectors.toSet());
    }

    private static List<CodeableConcept> mainCodes(Resource resource) {
        return resource.children().stream()
                .filter(property -> MAIN_CODES.contains(property.getName()))
                .flatMap(property -> property.getValues().stream())
                .filter(CodeableConcept.class::isInstance)
                .map(CodeableConcept.class::cast)
                .toList();
    }

    private static String token(Coding coding) {
        return (coding.hasSystem() ? coding.getSystem() : "") + "|" + coding.getCode();
    }
}
