package phr.fhir.normalise.lifelog;

import java.io.IOException;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.Format;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.json.Pieces;
import phr.fhir.normalise.template.Shelf;

/**
 * A Bundle of type batch or transaction whose sender is answered entry by entry (FHIR R4 http §batch/transaction): each entry that
 * is taken is proposed under its number, each other has an issue at {@code Bundle.entry[n]}. No original is kept, because what is
 * not taken stays with the sender. Whoever asks has read the Bundle to its end and knows that it is well-formed.
 */
public final class BundleFormat implements Format {

    private final Shelf<DenseSamples.Series> shelf = new Shelf<>();

    @Override
    public String name() {
        return "bundle";
    }

    @Override
    public boolean recognises(byte[] head) {
        return Heads.json(head);
    }

    @Override
    public void read(Intake intake, Findings findings) throws IOException {
        ResourceReader.read(LifelogFile.exchanged(intake, findings), Pieces::elements, new InteractionRule(), shelf);
    }
}
