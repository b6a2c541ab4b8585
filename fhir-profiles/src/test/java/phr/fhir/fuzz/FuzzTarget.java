package phr.fhir.fuzz;

import java.io.IOException;

/** What Jazzer calls with each input; whatever is thrown is a finding. */
public final class FuzzTarget {

    private static final Oracle ORACLE = new Oracle();

    private FuzzTarget() {}

    /** Loads what the first reading of a source loads, so that no input seems to hang. */
    public static void fuzzerInitialize(String[] sources) throws IOException {
        for (String source : sources) {
            for (byte[] file : Corpus.of(source)) {
                ORACLE.read(file);
            }
        }
    }

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        ORACLE.read(input);
    }
}
