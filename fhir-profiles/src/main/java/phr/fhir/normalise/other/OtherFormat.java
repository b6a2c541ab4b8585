package phr.fhir.normalise.other;

import java.io.IOException;
import java.util.Set;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.Format;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.KeptOriginal;

/**
 * A file that no other format knows: PDF, image, unknown XML, text. It is kept as a {@link KeptFile} of unknown content
 * (mynaportal.md §4, MYNA-R2; lifelog.md §4).
 *
 * <p>Asked after the formats that know files by their content. Bytes that are neither text nor of a kind that people keep are not
 * recognised.
 */
public final class OtherFormat implements Format {

    private static final KeptFile.About UNKNOWN =
            new KeptFile.About(null, "unspecified", Set.of(), new KeptOriginal.Importer("kept as received", "1"));

    @Override
    public String name() {
        return "other";
    }

    @Override
    public boolean recognises(byte[] head) {
        return KeptFile.recognises(head);
    }

    @Override
    public void read(Intake intake, Findings findings) throws IOException {
        KeptFile.keep(intake, findings, UNKNOWN);
    }
}
