package phr.portability;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import phr.fhir.normalise.Format;
import phr.fhir.normalise.Intake;
import phr.portability.sign.TrustedKeys;

/**
 * Reads a container: zip safety, bag, manifests, Oxum, {@code package.json}, signature and ids are all checked first; only then
 * do resources leave in batches. Thread-safe.
 */
public final class Importer {

    private final TrustedKeys keys;
    private final List<Format> formats;
    private final Limits limits;
    private final Path spool;

    /**
     * @param formats for the documents of foreign containers, in the order in which they are asked; what none recognises is kept
     *     as an original
     * @param spool directory for containers that arrive in memory
     */
    public Importer(TrustedKeys keys, List<Format> formats, Limits limits, Path spool) {
        this.keys = keys;
        this.formats = List.copyOf(formats);
        this.limits = limits;
        this.spool = spool;
    }

    /**
     * Reads the container and hands everything to the sink; see {@link RecordSink} for the transaction around it.
     *
     * @throws phr.fhir.failure.FailureException when the container is refused; then the sink has received nothing
     */
    public ImportResult read(Intake intake, RecordSink sink) throws IOException {
        throw new UnsupportedOperationException(intake.client() + keys + formats + limits + spool + sink);
    }
}
