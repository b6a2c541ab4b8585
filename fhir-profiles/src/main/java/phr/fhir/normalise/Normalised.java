package phr.fhir.normalise;

import java.util.List;

/** A batch of normalised resources of one person, made by {@link Normalisation} only. */
public final class Normalised {

    private final Intake intake;
    private final Reading reading;
    private final List<Draft> drafts;
    private final List<Placed> samples;
    private final List<Original> originals;

    Normalised(Intake intake, Reading reading, List<Draft> drafts, List<Original> originals) {
        this(intake, reading, drafts, List.of(), originals);
    }

    Normalised(Intake intake, Reading reading, List<Draft> drafts, List<Placed> samples, List<Original> originals) {
        this.intake = intake;
        this.reading = reading;
        this.drafts = List.copyOf(drafts);
        this.samples = List.copyOf(samples);
        this.originals = List.copyOf(originals);
    }

    public Intake intake() {
        return intake;
    }

    /** Shared by all batches of the file. */
    public Reading reading() {
        return reading;
    }

    public List<Draft> drafts() {
        return drafts;
    }

    /** Not among the drafts: as the validator's {@link Packer} made them, but for identity, time and numbers. */
    public List<Placed> samples() {
        return samples;
    }

    public List<Original> originals() {
        return originals;
    }
}
