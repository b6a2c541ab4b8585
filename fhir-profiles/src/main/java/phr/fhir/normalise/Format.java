package phr.fhir.normalise;

import java.io.IOException;

/** One source family: recognises its files by content and reads them into FHIR. Stateless. */
public interface Format {

    /** Name in the upload address and in reports, e.g. {@code checkup}. */
    String name();

    /**
     * Whether a file looks like this format.
     *
     * @param head first bytes of the content, at most 64 KiB
     */
    boolean recognises(byte[] head);

    /**
     * Reads the whole file. Single faults become issues; what cannot be mapped stays in the original.
     *
     * @throws phr.fhir.failure.FailureException when the container is refused as a whole; then nothing may have been flushed
     * @throws IOException when the content cannot be read from disk
     */
    void read(Intake intake, Findings findings) throws IOException;
}
