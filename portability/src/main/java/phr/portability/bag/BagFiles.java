package phr.portability.bag;

import java.io.IOException;
import java.util.Set;
import phr.fhir.Sha256;

/** The files of a bag, wherever they lie; paths are relative to the bag's folder. */
public interface BagFiles {

    Set<String> paths();

    long size(String path);

    Sha256 sha256(String path);

    /** The whole of a small tag file. */
    byte[] read(String path) throws IOException;
}
