package phr.fhir.normalise.apple;

import java.io.IOException;
import java.io.InputStream;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.Format;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.lifelog.LifelogFile;

/**
 * The export of Apple Health: the archive as it is shared, or its {@code export.xml} alone (lifelog.md §2.2). Read as a stream,
 * however large.
 *
 * <p>Refuses with {@code MALFORMED} what is damaged from its beginning, or declares entities.
 */
public final class AppleFormat implements Format {

    private static final String KIND = "apple-health";

    @Override
    public String name() {
        return "apple";
    }

    @Override
    public boolean recognises(byte[] head) {
        return ExportHead.xml(head) || ExportHead.archive(head);
    }

    @Override
    public void read(Intake intake, Findings findings) throws IOException {
        boolean archive;
        try (InputStream in = intake.content().open()) {
            archive = ExportHead.zip(in.readNBytes(4));
        }
        LifelogFile lifelog = new LifelogFile(intake, findings, KIND, archive ? "application/zip" : "application/xml");
        AppleFile file = new AppleFile(lifelog);
        if (archive) {
            new ExportArchive(file).read();
        } else {
            try (InputStream in = intake.content().open()) {
                new ExportReader(file).read(in);
            }
        }
        file.finish();
    }
}
