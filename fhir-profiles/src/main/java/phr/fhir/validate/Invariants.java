package phr.fhir.validate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import phr.fhir.failure.Issue;

/** The constraints of FHIR R4 that span several elements, as far as the types at hand have them. */
final class Invariants {

    private final List<Issue> found = new ArrayList<>();
    private final Set<String> used = new HashSet<>();

    /** Everything found, after each element has been seen. */
    List<Issue> found(Resource resource) {
        if (resource instanceof DomainResource domain) {
            contained(domain);
        }
        if (resource instanceof Observation observation) {
            observation(observation);
        }
        if (resource instanceof Organization organization) {
            require(
                    organization.hasName() || organization.hasIdentifier(),
                    "org-1",
                    "name or identifier",
                    "Organization");
        }
        if (resource instanceof Coverage coverage) {
            require(!coverage.getPayor().isEmpty(), "cov-payor", "a payor is needed", "Coverage.payor");
        }
        return found;
    }

    void element(String path, Base value) {
        if (value instanceof Quantity quantity) {
            require(!quantity.hasCode() || quantity.hasSystem(), "qty-3", "a unit code needs its system", path);
        } else if (value instanceof Attachment attachment) {
            require(!attachment.hasData() || attachment.hasContentType(), "att-1", "data need a content type", path);
        } else if (value instanceof Extension extension) {
            require(extension.hasUrl(), "ext-url", "an extension needs its url", path);
            require(extension.hasValue() != extension.hasExtension(), "ext-1", "value or extensions, not both", path);
        } else if (value instanceof Reference reference && reference.hasReference()) {
            used.add(reference.getReference());
        }
    }

    private void contained(DomainResource resource) {
        Set<String> ids = new HashSet<>();
        for (Resource inner : resource.getContained()) {
            String id = inner.getIdElement().getIdPart();
            String local = id == null ? "" : "#" + id.replace("#", "");
            ids.add(local);
            String path = resource.fhirType() + ".contained";
            require(used.contains(local), "dom-3", "a contained resource is not referred to", path);
            require(
                    !(inner instanceof DomainResource deep)
                            || deep.getContained().isEmpty(),
                    "dom-2",
                    "nested",
                    path);
            require(inner.getMeta().getSecurity().isEmpty(), "dom-5", "a contained resource has its own labels", path);
        }
        boolean dangling =
                used.stream().anyMatch(text -> text.startsWith("#") && text.length() > 1 && !ids.contains(text));
        require(!dangling, "ref-1", "a reference to a contained resource leads nowhere", resource.fhirType());
    }

    private void observation(Observation observation) {
        require(
                !observation.hasDataAbsentReason() || !observation.hasValue(),
                "obs-6",
                "a reason for a missing value beside a value",
                "Observation.dataAbsentReason");
        for (ObservationComponentComponent component : observation.getComponent()) {
            require(
                    !observation.hasValue() || !sameCode(observation.getCode(), component.getCode()),
                    "obs-7",
                    "a component has the code of the observation, which has a value",
                    "Observation.component.code");
        }
        observation
                .getReferenceRange()
                .forEach(range -> require(
                        range.hasLow() || range.hasHigh() || range.hasText(),
                        "obs-3",
                        "low, high or text",
                        "Observation.referenceRange"));
    }

    private static boolean sameCode(CodeableConcept one, CodeableConcept other) {
        return one.getCoding().stream()
                .anyMatch(coding -> coding.hasCode()
                        && other.getCoding().stream()
                                .anyMatch(twin -> coding.getCode().equals(twin.getCode())
                                        && java.util.Objects.equals(coding.getSystem(), twin.getSystem())));
    }

    private void require(boolean holds, String rule, String text, String path) {
        if (!holds) {
            found.add(Issue.error("invariant", rule, text, path));
        }
    }
}
