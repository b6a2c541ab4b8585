package phr.fhir.normalise.vendor;

import java.util.List;
import phr.fhir.normalise.Format;
import phr.fhir.normalise.healthconnect.HealthConnectFormat;
import phr.fhir.normalise.samples.SamplesFormat;
import phr.fhir.normalise.vendor.table.VendorTables;

/** The formats of this family in the order in which a gateway asks them. */
final class Sources {

    private Sources() {}

    static List<Format> all() {
        return List.of(
                new HealthConnectFormat(VendorTables.bundled()),
                new SamplesFormat(),
                new VendorFormat(VendorTables.bundled()));
    }
}
