package phr.fhir.normalise.healthconnect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.Format;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.lifelog.LifelogFile;
import phr.fhir.normalise.vendor.measure.Measurements;
import phr.fhir.normalise.vendor.table.Kind;
import phr.fhir.normalise.vendor.table.VendorTables;
import phr.fhir.normalise.zip.ZipDirectory;

/**
 * The export of Health Connect: {@code health_connect_export.db} in an archive, or the database itself.
 *
 * <p>Refuses with {@code MALFORMED} what is no database and with {@code TOO_LARGE} what exceeds the limits.
 */
public final class HealthConnectFormat implements Format {

    private static final String MAGIC = "SQLite format 3\u0000";

    private final List<Kind> kinds;

    public HealthConnectFormat(VendorTables tables) {
        this.kinds = tables.readBy("sqlite");
    }

    @Override
    public String name() {
        return "health-connect";
    }

    @Override
    public boolean recognises(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        return text.startsWith(MAGIC) || text.startsWith("PK\u0003\u0004") && text.contains("health_connect_export.db");
    }

    @Override
    public void read(Intake intake, Findings findings) throws IOException {
        boolean zip;
        try (InputStream in = intake.content().open()) {
            zip = in.read() == 'P';
        }
        Measurements out = new Measurements(new LifelogFile(
                intake, findings, "health-connect", zip ? "application/zip" : "application/octet-stream"));
        try (InputStream in = zip
                        ? database(ZipDirectory.read(intake.content()))
                        : intake.content().open();
                Database database = Database.copy(in)) {
            new Records(database, out).read(kinds);
        }
        out.finish();
    }

    private static InputStream database(ZipDirectory archive) throws IOException {
        for (ZipDirectory.Entry entry : archive.entries()) {
            if (entry.name().endsWith("health_connect_export.db")) {
                return archive.open(entry);
            }
        }
        throw Failure.of(Category.MALFORMED, "HC-1", "the archive has no database of Health Connect")
                .exception();
    }
}
