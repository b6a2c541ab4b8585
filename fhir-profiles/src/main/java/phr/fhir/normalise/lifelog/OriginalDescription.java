package phr.fhir.normalise.lifelog;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
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
import phr.fhir.facts.PhrCategory;
import phr.fhir.normalise.Draft;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.SourceIdentity;

/**
 * DocumentReference and Provenance of a lifelog original, as checkup-cda.md §5.1 has them for checkups.
 *
 * @param mediaType of the original
 * @param names Japanese names of what was measured
 * @param schema the one schema of the file, null when there are several or none
 * @param first earliest time in the file
 * @param last latest time in the file
 */
record OriginalDescription(
        Intake intake,
        String mediaType,
        Set<String> names,
        @Nullable Schema schema,
        @Nullable Instant first,
        @Nullable Instant last) {

    /** Goes up when the same file would be mapped differently. */
    static final String MAPPING_VERSION = "1";

    private static final String DOCTYPE = "http://phr.or.jp/fhir/doctype";
    private static final String DOCUMENT_TYPE = "http://phr.or.jp/fhir/CodeSystem/document-type";
    private static final String AGENT_TYPE = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
    private static final String OPERATION = "http://terminology.hl7.org/CodeSystem/v3-DataOperation";
    private static final String URI = "urn:ietf:rfc:3986";

    UUID id(String type) {
        return Ids.ofOriginal(
                intake.ownNamespace(),
                intake.account().person(),
                intake.content().sha256(),
                type,
                "1");
    }

    Draft documentReference() {
        DocumentReference document = new DocumentReference();
        document.setId(id("DocumentReference").toString());
        document.setMasterIdentifier(hash());
        document.setStatus(DocumentReferenceStatus.CURRENT);
        document.setType(type());
        document.setSubject(person());
        document.setDateElement(new InstantType(received()));
        document.addContent().setAttachment(attachment());
        if (first != null && last != null) {
            document.getContext().setPeriod(period(first, last));
        }
        return draft(document, Set.of(PhrCategory.RAW_FILE));
    }

    /** @param observations references to what was mapped; the original itself is always a target */
    Draft provenance(List<String> observations) {
        Provenance provenance = new Provenance();
        provenance.setId(id("Provenance").toString());
        observations.forEach(target -> provenance.addTarget(new Reference(target)));
        provenance.addTarget(new Reference("DocumentReference/" + id("DocumentReference")));
        provenance.setRecordedElement(new InstantType(received()));
        provenance.setActivity(new CodeableConcept(new Coding(OPERATION, "CREATE", "create")));
        provenance.addContained(importer());
        agent(provenance, "assembler", new Reference("#importer"));
        agent(provenance, "enterer", new Reference(intake.submitter()));
        if (intake.confirmed()) {
            agent(provenance, "attester", person());
        }
        Reference what = new Reference("DocumentReference/" + id("DocumentReference"));
        what.setIdentifier(hash());
        provenance.addEntity().setRole(ProvenanceEntityRole.SOURCE).setWhat(what);
        return draft(provenance, null);
    }

    private Draft draft(Resource resource, @Nullable Set<PhrCategory> categories) {
        String id = resource.fhirType() + "/" + resource.getIdElement().getIdPart();
        return new Draft(resource, new SourceIdentity(intake.ownNamespace(), id, null), categories, null);
    }

    private static void agent(Provenance provenance, String type, Reference who) {
        provenance
                .addAgent()
                .setType(new CodeableConcept(new Coding(AGENT_TYPE, type, null)))
                .setWho(who);
    }

    private static Device importer() {
        Device device = new Device();
        device.setId("importer");
        device.addDeviceName().setName("PHR gateway").setType(Device.DeviceNameType.OTHER);
        device.addVersion()
                .setType(new CodeableConcept().setText("lifelog mapping"))
                .setValue(MAPPING_VERSION);
        return device;
    }

    private CodeableConcept type() {
        CodeableConcept type = new CodeableConcept();
        if (schema != null && !schema.doctype().isEmpty()) {
            type.addCoding().setSystem(DOCTYPE).setCode(schema.doctype());
        }
        String code = schema == null || schema.documentType().isEmpty() ? "unspecified" : schema.documentType();
        type.addCoding().setSystem(DOCUMENT_TYPE).setCode(code);
        return type;
    }

    private Attachment attachment() {
        Attachment attachment = new Attachment();
        attachment.setContentType(mediaType);
        attachment.setUrl("Binary/" + id("Binary"));
        attachment.setSize((int) Math.min(Integer.MAX_VALUE, intake.content().size()));
        attachment.setTitle(title());
        return attachment;
    }

    private String title() {
        String about = names.isEmpty() ? "ライフログ" : names.stream().limit(3).collect(Collectors.joining("・"));
        return first == null
                ? about
                : about + " " + first.atZone(WrittenTime.JAPAN).toLocalDate();
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
