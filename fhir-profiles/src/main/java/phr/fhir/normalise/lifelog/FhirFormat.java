package phr.fhir.normalise.lifelog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.Format;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.json.Pieces;
import phr.fhir.normalise.template.Shelf;

/**
 * FHIR R4 JSON from a device or an app: one resource, a Bundle, one resource per line (lifelog.md §4, FHIR Observation input).
 *
 * <p>Observations become part of the record; resources of other types stay in the original and are reported.
 */
public final class FhirFormat implements Format {

    private final Shelf<DenseSamples.Series> shelf = new Shelf<>();

    @Override
    public String name() {
        return "fhir";
    }

    @Override
    public boolean recognises(byte[] head) {
        return Heads.json(head) && new String(head, StandardCharsets.UTF_8).contains("\"resourceType\"");
    }

    @Override
    public void read(Intake intake, Findings findings) throws IOException {
        ResourceReader.read(
                new LifelogFile(intake, findings, "fhir", "application/fhir+json"),
                Pieces::read,
                EntryRule.OF_FILES,
                shelf);
    }
}
