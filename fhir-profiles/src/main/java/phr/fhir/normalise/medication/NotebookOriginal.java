package phr.fhir.normalise.medication;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Device.DeviceNameType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import phr.fhir.Ids;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Draft;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Original;
import phr.fhir.normalise.SourceIdentity;

/**
 * The original of a notebook with its DocumentReference, and the Provenance of what came from it: one for each author, so that who
 * wrote what is never lost (TC-R1, TC-R4).
 */
final class NotebookOriginal {

    /** Goes up when the same notebook would be mapped in another way. */
    static final String MAPPING_VERSION = "1";

    private static final String KIND = "jahis";
    private static final String DOCTYPE = "JAHISTC-08";
    private static final String DOCUMENT_TYPE = "https://myna.go.jp#JAHISTC-08";

    private final Intake intake;
    private final Content content;
    private final String mediaType;

    NotebookOriginal(Intake intake, Content content, String mediaType) {
        this.intake = intake;
        this.content = content;
        this.mediaType = mediaType;
    }

    /**
     * Hands on the original and everything that speaks of it.
     *
     * @param first earliest dispensing, null = none
     * @param attested the file contradicts the account and the person has confirmed it
     */
    void propose(
            Findings findings,
            NotebookDrafts drafts,
            @Nullable LocalDate first,
            @Nullable LocalDate last,
            boolean attested) {
        Set<PhrCategory> mapped = Set.copyOf(drafts.categories());
        List<NotebookDrafts.Written> written = drafts.written();
        Labels opaque = mapped.isEmpty() ? Labels.UNLABELLED : null;
        findings.draft(draft(document(first, last), Set.of(PhrCategory.RAW_FILE), opaque));
        findings.original(
                new Original(KIND, mediaType, content, id("Binary", "1"), id("DocumentReference", "1"), mapped));
        findings.draft(draft(provenance("1", null, List.of(), attested), null, null));
        for (NotebookDrafts.Written part : written) {
            Provenance provenance = provenance(part.author().key(), part.author(), part.targets(), attested);
            findings.draft(draft(provenance, null, null));
        }
        findings.flush();
    }

    private DocumentReference document(@Nullable LocalDate first, @Nullable LocalDate last) {
        DocumentReference document = new DocumentReference();
        document.setId(id("DocumentReference", "1").toString());
        document.setMasterIdentifier(hash());
        document.setStatus(DocumentReferenceStatus.CURRENT);
        document.setType(new CodeableConcept()
                .addCoding(NotebookSystem.DOCTYPE.coding(DOCTYPE))
                .addCoding(NotebookSystem.DOCUMENT_TYPE.coding(DOCUMENT_TYPE)));
        document.setSubject(new Reference("Patient/" + intake.account().person()));
        document.setDateElement(received());
        Attachment attachment = document.addContent().getAttachment();
        attachment.setContentType(mediaType);
        attachment.setUrl("Binary/" + id("Binary", "1"));
        attachment.setSize(Math.toIntExact(content.size()));
        attachment.setTitle(last == null ? "お薬手帳" : "お薬手帳 " + last);
        if (first != null && last != null) {
            document.getContext()
                    .setPeriod(new Period()
                            .setStartElement(new DateTimeType(first.toString()))
                            .setEndElement(new DateTimeType(last.toString())));
        }
        return document;
    }

    /** @param author null for the original itself */
    private Provenance provenance(String key, @Nullable Author author, List<String> targets, boolean attested) {
        Provenance provenance = new Provenance();
        provenance.setId(id("Provenance", key).toString());
        targets.forEach(target -> provenance.addTarget(new Reference(target)));
        Reference original = new Reference("DocumentReference/" + id("DocumentReference", "1"));
        if (targets.isEmpty()) {
            provenance.addTarget(original.copy());
        }
        provenance.setRecordedElement(received());
        provenance.setActivity(NotebookSystem.DATA_OPERATION.concept("CREATE"));
        provenance.addContained(importer());
        agent(provenance, "assembler", new Reference("#importer"));
        if (author != null) {
            agent(provenance, "author", author.who());
        }
        agent(provenance, "enterer", new Reference(intake.submitter()));
        if (attested) {
            agent(
                    provenance,
                    "attester",
                    new Reference("Patient/" + intake.account().person()));
        }
        provenance.addEntity().setRole(ProvenanceEntityRole.SOURCE).setWhat(original.setIdentifier(hash()));
        return provenance;
    }

    private static void agent(Provenance provenance, String type, Reference who) {
        provenance
                .addAgent()
                .setType(NotebookSystem.PROVENANCE_AGENT.concept(type))
                .setWho(who);
    }

    private static Device importer() {
        Device device = new Device();
        device.setId("importer");
        device.addDeviceName().setName("PHR gateway").setType(DeviceNameType.OTHER);
        device.addVersion()
                .setType(new CodeableConcept().setText("medication notebook mapping"))
                .setValue(MAPPING_VERSION);
        return device;
    }

    private Draft draft(Resource resource, @Nullable Set<PhrCategory> categories, @Nullable Labels labels) {
        String reference = resource.fhirType() + "/" + resource.getIdElement().getIdPart();
        return new Draft(resource, new SourceIdentity(intake.ownNamespace(), reference, null), categories, labels);
    }

    private UUID id(String type, String key) {
        return Ids.ofOriginal(intake.ownNamespace(), intake.account().person(), content.sha256(), type, key);
    }

    private Identifier hash() {
        return new Identifier()
                .setSystem(NotebookSystem.URI.url())
                .setValue(content.sha256().ni());
    }

    private InstantType received() {
        return new InstantType(intake.received().truncatedTo(ChronoUnit.MILLIS).toString());
    }
}
