package phr.fhir.validate;

import java.util.List;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Original;
import phr.fhir.sample.Sample;

/** A batch that may be stored, made by {@link Validator} only. */
public final class Validated {

    private final Intake intake;
    private final List<Document> documents;
    private final List<Sample> samples;
    private final List<Original> originals;
    private final List<Issue> issues;

    Validated(
            Intake intake,
            List<Document> documents,
            List<Sample> samples,
            List<Original> originals,
            List<Issue> issues) {
        this.intake = intake;
        this.documents = List.copyOf(documents);
        this.samples = List.copyOf(samples);
        this.originals = List.copyOf(originals);
        this.issues = List.copyOf(issues);
    }

    public Intake intake() {
        return intake;
    }

    public List<Document> documents() {
        return documents;
    }

    /** Dense Observations; not among the documents. */
    public List<Sample> samples() {
        return samples;
    }

    public List<Original> originals() {
        return originals;
    }

    /** Findings about resources that were left out, and warnings about those that were not. */
    public List<Issue> issues() {
        return issues;
    }
}
