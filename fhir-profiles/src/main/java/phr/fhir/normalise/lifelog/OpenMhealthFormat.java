package phr.fhir.normalise.lifelog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.Format;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.json.Pieces;

/**
 * Open mHealth and IEEE 1752.1 data points (lifelog.md §2.4, §2.5): one point, an array of points, one point per line; each
 * with one measurement as its body or, as SPHR files have it, an array of them.
 */
public final class OpenMhealthFormat implements Format {

    @Override
    public String name() {
        return "omh";
    }

    @Override
    public boolean recognises(byte[] head) {
        return Heads.json(head) && new String(head, StandardCharsets.UTF_8).contains("\"schema_id\"");
    }

    @Override
    public void read(Intake intake, Findings findings) throws IOException {
        LifelogFile file = new LifelogFile(intake, findings, "omh", "application/json");
        Pieces.read(intake.content(), new PointReader(file));
        file.finish();
    }
}
