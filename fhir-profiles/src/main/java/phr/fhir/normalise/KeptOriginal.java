package phr.fhir.normalise;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
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

/**
 * DocumentReference and Provenance of a file that is kept as received (checkup-cda.md §5.1).
 *
 * @param mediaType of the original
 * @param title for people, in Japanese
 * @param types codes of the document, from phr-package.md §6
 * @param labels null = those of what was mapped from it; unlabelled = nobody can tell what is in it
 * @param importer what was done with it, e.g. {@code lifelog mapping}, and its version
 * @param first earliest time in the file
 * @param last latest time in the file
 */
public record KeptOriginal(
        Intake intake,
        String mediaType,
        String title,
        List<Coding> types,
        @Nullable Labels labels,
        Importer importer,
        @Nullable Instant first,
        @Nullable Instant last) {

    /**
     * A part of the gateway that reads files.
     *
     * @param version goes up when the same file would be mapped differently
     */
    public record Importer(String name, String version) {}

    private static final String AGENT_TYPE = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
    private static final String OPERATION = "http://terminology.hl7.org/CodeSystem/v3-DataOperation";
    private static final String URI = "urn:ietf:rfc:3986";

    public KeptOriginal {
        types = List.copyOf(types);
    }

    public UUID id(String type) {
        return Ids.ofOriginal(
                intake.ownNamespace(),
                intake.account().person(),
                intake.content().sha256(),
                type,
                "1");
    }

    public Draft documentReference() {
        DocumentReference document = new DocumentReference();
        document.setId(id("DocumentReference").toString());
        document.setMasterIdentifier(hash());
        document.setStatus(DocumentReferenceStatus.CURRENT);
        document.setType(new CodeableConcept().setCoding(types));
        document.setSubject(person());
        document.setDateElement(new InstantType(received()));
        document.addContent().setAttachment(attachment());
        if (first != null && last != null) {
            document.getContext().setPeriod(period(first, last));
        }
        return draft(document, Set.of(PhrCategory.RAW_FILE), labels);
    }

    /** @param observations references to what was mapped; the original itself is always a target */
    public Draft provenance(List<String> observations) {
        Provenance provenance = new Provenance();
        provenance.setId(id("Provenance").toString());
        observations.forEach(target -> provenance.addTarget(new Reference(target)));
        provenance.addTarget(new Reference("DocumentReference/" + id("DocumentReference")));
        provenance.setRecordedElement(new InstantType(received()));
        provenance.setActivity(new CodeableConcept(new Coding(OPERATION, "CREATE", "create")));
        provenance.addContained(device());
        agent(provenance, "assembler", new Reference("#importer"));
        agent(provenance, "enterer", new Reference(intake.submitter()));
        if (intake.confirmed()) {
            agent(provenance, "attester", person());
        }
        Reference what = new Reference("DocumentReference/" + id("DocumentReference"));
        what.setIdentifier(hash());
        provenance.addEntity().setRole(ProvenanceEntityRole.SOURCE).setWhat(what);
        return draft(provenance, null, null);
    }

    private Draft draft(Resource resource, @Nullable Set<PhrCategory> categories, @Nullable Labels own) {
        String id = resource.fhirType() + "/" + resource.getIdElement().getIdPart();
        return new Draft(resource, new SourceIdentity(intake.ownNamespace(), id, null), categories, own);
    }

    private static void agent(Provenance provenance, String type, Reference who) {
        provenance
                .addAgent()
                .setType(new CodeableConcept(new Coding(AGENT_TYPE, type, null)))
                .setWho(who);
    }

    private Device device() {
        Device device = new Device();
        device.setId("importer");
        device.addDeviceName().setName("PHR gateway").setType(Device.DeviceNameType.OTHER);
        device.addVersion()
                .setType(new CodeableConcept().setText(importer.name()))
                .setValue(importer.version());
        return device;
    }

    private Attachment attachment() {
        Attachment attachment = new Attachment();
        attachment.setContentType(mediaType);
        attachment.setUrl("Binary/" + id("Binary"));
        attachment.setSize((int) Math.min(Integer.MAX_VALUE, intake.content().size()));
        attachment.setTitle(title);
        return attachment;
    }

    private Identifier hash() {
        return new Identifier()
                .setSystem(URI)
                .setValue(intake.content().sha256().ni());
    }

    private Reference person() {
        return new Reference("Patient/" + intake.account().person());
    }

    private String received() {
        return intake.received().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static Period period(Instant from, Instant to) {
        Period period = new Period();
        period.setStartElement(
                new DateTimeType(from.truncatedTo(ChronoUnit.SECONDS).toString()));
        period.setEndElement(new DateTimeType(to.truncatedTo(ChronoUnit.SECONDS).toString()));
        return period;
    }
}
