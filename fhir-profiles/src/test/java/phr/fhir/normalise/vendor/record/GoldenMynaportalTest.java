package phr.fhir.normalise.vendor.record;

import java.io.IOException;
import java.nio.file.Path;
import phr.fhir.normalise.GoldenCases;

class GoldenMynaportalTest extends GoldenCases {

    GoldenMynaportalTest() {
        super("mynaportal");
    }

    @Override
    protected Answer read(Path folder, byte[] content, boolean fast) throws IOException {
        return OperatorTables.answer(folder, content, fast);
    }
}
