package phr.fhir.normalise.clinical;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import phr.fhir.Elements;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.clinical.survey.Links;

/**
 * Rewrites what leads out of a resource: references to resources of the file get their ids in the record, others become logical ones,
 * because what they lead to is not here. Files are in the original only.
 */
final class References {

    private static final String URI = "urn:ietf:rfc:3986";

    private final Intake intake;
    private final Links links;
    private final CodeAliases aliases;

    References(Intake intake, Links links, CodeAliases aliases) {
        this.intake = intake;
        this.links = links;
        this.aliases = aliases;
    }

    /** @return whether a file was referred to that stays in the original */
    boolean localise(Resource resource) {
        List<Reference> references = new ArrayList<>();
        List<Attachment> attachments = new ArrayList<>();
        List<CodeableConcept> concepts = new ArrayList<>();
        Elements.walk(resource, (owner, parent, definition, values) -> {
            for (Base value : values) {
                if (value instanceof Reference reference) {
                    references.add(reference);
                } else if (value instanceof Attachment attachment) {
                    attachments.add(attachment);
                } else if (value instanceof CodeableConcept concept) {
                    concepts.add(concept);
                }
            }
        });
        references.forEach(this::localise);
        concepts.forEach(aliases::resolve);
        boolean kept = false;
        for (Attachment attachment : attachments) {
            kept |= cut(attachment);
        }
        return kept;
    }

    private void localise(Reference reference) {
        String written = reference.getReference();
        if (written == null || written.startsWith("#")) {
            return;
        }
        String local = links.resolve(written);
        reference.setReference(local);
        if (local != null) {
            return;
        }
        if (!reference.hasIdentifier()) {
            String system = Links.relative(written) ? intake.clientNamespace() : URI;
            reference.setIdentifier(new Identifier().setSystem(system).setValue(written));
        }
        String type = Links.type(written);
        if (!reference.hasType() && !type.isEmpty()) {
            reference.setType(type);
        }
    }

    /** An address that only the source, or only the file, can follow says nothing here. */
    private static boolean cut(Attachment attachment) {
        String url = attachment.getUrl();
        if (url == null || url.startsWith("https://") || url.startsWith("http://")) {
            return false;
        }
        attachment.setUrl(null);
        return true;
    }
}
