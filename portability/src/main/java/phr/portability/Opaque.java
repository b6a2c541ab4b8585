package phr.portability;

import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.UnsignedIntType;
import phr.fhir.Ids;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Draft;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Original;
import phr.fhir.normalise.SourceIdentity;
import phr.portability.sphr.Coding;
import phr.portability.sphr.DocumentType;

/** Keeps a file that nobody here can read, byte for byte, with a DocumentReference that describes it. */
final class Opaque {

    private Opaque() {}

    /**
     * @param mediaType as stated by the sender
     * @param title for the person, e.g. from the index; empty = none
     * @param codings document type as received
     */
    static void keep(
            Intake intake, Findings findings, Content content, String mediaType, String title, List<Coding> codings) {
        UUID binary = id(intake, content, "Binary");
        DocumentReference document = new DocumentReference();
        document.setId(id(intake, content, "DocumentReference").toString());
        document.setMasterIdentifier(new Identifier()
                .setSystem("urn:ietf:rfc:3986")
                .setValue(content.sha256().ni()));
        document.setStatus(DocumentReferenceStatus.CURRENT);
        document.setType(type(codings.isEmpty() ? DocumentType.UNSPECIFIED.codings() : codings));
        document.setSubject(new Reference("Patient/" + intake.account().person()));
        document.setDate(Date.from(intake.received()));
        Attachment attachment =
                document.addContent().getAttachment().setContentType(mediaType).setUrl("Binary/" + binary);
        attachment.setSizeElement(new UnsignedIntType(Math.toIntExact(Math.min(content.size(), Integer.MAX_VALUE))));
        if (!title.isBlank()) {
            attachment.setTitle(title);
        }
        UUID reference = UUID.fromString(document.getIdElement().getIdPart());
        findings.draft(new Draft(
                document,
                new SourceIdentity(intake.ownNamespace(), "DocumentReference/" + reference, null),
                Set.of(PhrCategory.RAW_FILE),
                Labels.UNLABELLED));
        findings.original(new Original(kind(mediaType), mediaType, content, binary, reference, Set.of()));
    }

    private static UUID id(Intake intake, Content content, String type) {
        return Ids.ofOriginal(intake.ownNamespace(), intake.account().person(), content.sha256(), type, "1");
    }

    private static CodeableConcept type(List<Coding> codings) {
        CodeableConcept type = new CodeableConcept();
        codings.forEach(coding -> type.addCoding()
                .setSystem(coding.system())
                .setCode(coding.code())
                .setDisplay(coding.display()));
        return type;
    }

    private static String kind(String mediaType) {
        if (mediaType.startsWith("image/")) {
            return "image";
        }
        return switch (mediaType) {
            case "application/pdf" -> "pdf";
            case "text/csv" -> "csv";
            default -> "other";
        };
    }
}
