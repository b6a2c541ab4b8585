package phr.fhir.catalogue;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import phr.fhir.Elements;
import phr.fhir.label.Coded;

/** One walk over a resource: its references to other resources, its authors, and every code in it. */
final class Codings {

    private static final Pattern LOCAL = Pattern.compile("[A-Z][A-Za-z]{2,40}/[A-Za-z0-9.-]{1,64}");
    private static final Set<String> MAIN_CODES = Set.of("code", "vaccineCode", "medication[x]");
    private static final Set<String> AUTHOR_ELEMENTS = Set.of(
            "performer",
            "author",
            "asserter",
            "recorder",
            "informationSource",
            "requester",
            "participant",
            "sender",
            "actor",
            "who");

    private final Resource resource;
    private final Set<String> links = new LinkedHashSet<>();
    private final Set<String> authors = new LinkedHashSet<>();
    private final Set<String> codes = new HashSet<>();
    private final Set<String> answers = new HashSet<>();

    private Codings(Resource resource) {
        this.resource = resource;
    }

    static Codings of(Resource resource) {
        Codings codings = new Codings(resource);
        Elements.walk(resource, codings::visit);
        if (resource instanceof QuestionnaireResponse response) {
            codings.codes.addAll(Questions.of(response));
        }
        return codings;
    }

    private void visit(String owner, Base parent, Property definition, List<Base> values) {
        for (Base value : values) {
            if (value instanceof Reference reference) {
                link(definition.getName(), reference.getReference());
            } else if (value instanceof Coding coding && coding.hasCode() && !(parent instanceof Meta)) {
                codes.add(FactsReader.token(coding));
                boolean answer =
                        owner.endsWith(".value") || definition.getName().equals("value[x]");
                if (answer && !owner.contains(".extension")) {
                    answers.add(coding.getCode());
                }
            }
        }
    }

    /** References to other resources of the record; the person herself is no link. */
    private void link(String element, String reference) {
        if (reference == null || !LOCAL.matcher(reference).matches()) {
            return;
        }
        if (AUTHOR_ELEMENTS.contains(element)) {
            authors.add(reference);
        }
        if (!reference.startsWith("Patient/")) {
            links.add(reference);
        }
    }

    Set<String> links() {
        return links;
    }

    Set<String> authors() {
        return authors;
    }

    Coded coded() {
        return new Coded(codes, answers);
    }

    /** A code in words only, or a file whose content no code describes; a container is as opaque as what it contains (§4.2). */
    boolean opaque() {
        return opaque(resource);
    }

    private static boolean opaque(Resource resource) {
        if (resource instanceof DocumentReference || resource.fhirType().equals("Binary")) {
            return true;
        }
        boolean inWords = mainCodes(resource).stream().anyMatch(code -> !code.isEmpty() && !code.hasCoding());
        return inWords
                || resource instanceof DomainResource domain
                        && domain.getContained().stream().anyMatch(Codings::opaque);
    }

    /** Systems of the main code, of the medication contained in its place, and of a questionnaire. */
    Set<String> mainSystems() {
        Stream<CodeableConcept> contained = resource instanceof DomainResource domain
                ? domain.getContained().stream()
                        .filter(Medication.class::isInstance)
                        .map(medication -> ((Medication) medication).getCode())
                : Stream.of();
        Stream<String> concepts = Stream.concat(mainCodes(resource).stream(), contained)
                .flatMap(code -> code.getCoding().stream())
                .filter(coding -> coding.hasCode() && coding.hasSystem())
                .map(Coding::getSystem);
        Stream<String> questions = resource instanceof QuestionnaireResponse response
                ? Questions.of(response).stream().map(token -> token.substring(0, token.indexOf('|')))
                : Stream.of();
        return Stream.concat(concepts, questions).collect(Collectors.toSet());
    }

    private static List<CodeableConcept> mainCodes(Resource resource) {
        return resource.children().stream()
                .filter(property -> MAIN_CODES.contains(property.getName()))
                .flatMap(property -> property.getValues().stream())
                .filter(CodeableConcept.class::isInstance)
                .map(CodeableConcept.class::cast)
                .toList();
    }
}
