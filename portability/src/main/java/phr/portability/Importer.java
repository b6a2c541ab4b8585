package phr.portability;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import phr.fhir.normalise.Format;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.Report;
import phr.portability.sign.TrustedKeys;

/**
 * Reads a container: zip safety, bag, manifests, Oxum, {@code package.json}, signature and ids are all checked first; only then
 * do resources leave in batches. Thread-safe.
 */
public final class Importer {

    private final Setup setup;

    /**
     * @param formats for the documents of foreign containers, in the order in which they are asked; what none recognises is kept
     *     as an original
     * @param spool directory for containers that arrive in memory
     */
    public Importer(TrustedKeys keys, List<Format> formats, Limits limits, Path spool) {
        this.setup = new Setup(keys, List.copyOf(formats), limits, spool);
    }

    /**
     * Reads the container and hands everything to the sink; see {@link RecordSink} for the transaction around it.
     *
     * @throws phr.fhir.failure.FailureException when the container is refused; then the sink has received nothing
     */
    public ImportResult read(Intake intake, RecordSink sink) throws IOException {
        ContainerFormat container = new ContainerFormat(setup, sink);
        Report report = new Normalisation(List.of(container)).normalise(unnamed(intake), sink::accept);
        VerifiedPackage pack = container.pack;
        Tally tally = container.tally;
        return new ImportResult(
                pack == null ? null : pack.packageId(),
                pack == null ? null : pack.tagManifest(),
                pack == null ? Origin.SELF_SUPPLIED : pack.origin(),
                pack == null ? null : pack.provider(),
                container.again,
                tally.counts,
                tally.unchanged,
                tally.rejected,
                tally.originals,
                tally.directives,
                tally.contentHash,
                container.again ? null : report);
    }

    private static Intake unnamed(Intake intake) {
        return new Intake(
                intake.account(),
                intake.patient(),
                intake.content(),
                intake.submitter(),
                intake.client(),
                intake.ownNamespace(),
                intake.received(),
                intake.confirmed(),
                null);
    }

    /** What all imports share. */
    record Setup(TrustedKeys keys, List<Format> formats, Limits limits, Path spool) {}
}
