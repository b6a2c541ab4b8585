package phr.fhir.normalise.checkup;

import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Device.DeviceNameType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityComponent;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityRole;
import org.hl7.fhir.r4.model.Reference;
import phr.fhir.jp.CheckupItems;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Intake;

/** The Provenance of everything derived from one original (checkup-cda.md §5.1, checkup-fhir.md FHIR-R6). */
final class Origin {

    /** Raised whenever the same document would be mapped in another way. */
    static final String IMPORTER_VERSION = "1";

    private static final String DEVICE = "importer";

    private final Provenance provenance = new Provenance();

    Origin(Intake intake, List<Reference> targets) {
        targets.forEach(provenance::addTarget);
        provenance.setRecordedElement(Originals.instant(intake.received()));
        provenance.setActivity(Codings.concept(CheckupSystem.DATA_OPERATION, "CREATE"));
        provenance.addContained(importer());
        agent("assembler", new Reference("#" + DEVICE));
    }

    Origin author(Optional<Reference> author) {
        author.ifPresent(who -> agent("author", who));
        return this;
    }

    Origin enterer(String submitter) {
        agent("enterer", new Reference(submitter));
        return this;
    }

    /** The person said that a document which contradicts the account is hers. */
    Origin attester(Reference person) {
        agent("attester", person);
        return this;
    }

    Origin source(DocumentKeys keys, Content content) {
        Reference what = keys.reference("DocumentReference", "1").setIdentifier(Originals.name(content));
        provenance.addEntity(new ProvenanceEntityComponent()
                .setRole(ProvenanceEntityRole.SOURCE)
                .setWhat(what));
        return this;
    }

    Provenance provenance() {
        return provenance;
    }

    private void agent(String type, Reference who) {
        provenance
                .addAgent()
                .setType(Codings.concept(CheckupSystem.PROVENANCE_AGENT, type))
                .setWho(who);
    }

    private static Device importer() {
        Device device = new Device();
        device.setId(DEVICE);
        device.addDeviceName().setName("PHR gateway checkup importer").setType(DeviceNameType.MODELNAME);
        device.addVersion().setValue(IMPORTER_VERSION).getType().setText("importer");
        device.addVersion().setValue(CheckupItems.TABLE_VERSION).getType().setText("item table");
        return device;
    }
}
