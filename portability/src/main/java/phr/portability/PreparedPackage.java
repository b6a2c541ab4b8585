package phr.portability;

import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import phr.fhir.Sha256;

/** A package that is built and signed and waits in a private spool directory; closing deletes the spool. */
public interface PreparedPackage extends AutoCloseable {

    UUID packageId();

    /** {@code SPHR_{serviceId}_{timestamp}.sphr}. */
    String fileName();

    /** SHA-256 of {@code tagmanifest-sha256.txt}: names the package's content. */
    Sha256 tagManifest();

    Inventory inventory();

    /** Writes the container; may be called again. */
    void writeTo(OutputStream out) throws IOException;

    @Override
    void close() throws IOException;
}
