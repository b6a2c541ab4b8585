package phr.fhir.normalise;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Issue;
import phr.fhir.sample.Sample;

/** What a format finds while it reads. Batches leave through {@link #flush()}, so a file never has to fit into memory. */
public final class Findings {

    /** More findings than anybody reads; the rest is counted. A hostile file must not fill the memory with them. */
    static final int MOST_ISSUES = 1000;

    private final Intake intake;
    private final Reading reading = new Reading();
    private final Packer packer;
    private final Consumer<Normalised> batches;
    private final List<Draft> drafts = new ArrayList<>();
    private final List<Placed> samples = new ArrayList<>();
    private final List<Original> originals = new ArrayList<>();
    private final List<Issue> issues = new ArrayList<>();
    private final Map<String, Long> rejected = new TreeMap<>();
    private @Nullable String lastRejected;
    private boolean inRecord;
    private boolean recordRejected;
    private final List<DocumentReport> rows = new ArrayList<>();
    private final List<Proposed> proposed = new ArrayList<>();
    private List<Issue> contradictions = List.of();
    private int unlisted;

    Findings(Intake intake, Packer packer, Consumer<Normalised> batches) {
        this.intake = intake;
        this.packer = packer;
        this.batches = batches;
    }

    public void draft(Draft draft) {
        drafts.add(draft);
    }

    /** The draft as a sample, when it needs no more validation; it is not proposed by asking. */
    public Optional<Sample> packed(Draft draft) {
        return packer.pack(intake, reading, draft);
    }

    /** One more of a series: differs in identity, time and numbers from a sample that came out of {@link #packed}. */
    public void sample(Sample sample) {
        samples.add(new Placed(sample, drafts.size()));
    }

    public void original(Original original) {
        originals.add(original);
    }

    /** The next record of the file begins: whatever is wrong with it, it is rejected once. */
    public void record() {
        inRecord = true;
        recordRejected = false;
    }

    /** Findings follow their records, so one look back tells whether a record was counted. */
    private void reject(Issue issue) {
        @Nullable
        String place =
                issue.expressions().isEmpty() ? null : issue.expressions().get(0);
        boolean known = inRecord ? recordRejected : place != null && place.equals(lastRejected);
        if (!known) {
            rejected.merge(issue.rule(), 1L, Long::sum);
        }
        recordRejected = true;
        lastRejected = place;
    }

    public void issue(Issue issue) {
        if (issue.severity() == Issue.Severity.ERROR) {
            reject(issue);
        }
        if (issues.size() < MOST_ISSUES) {
            issues.add(issue);
        } else {
            unlisted++;
        }
    }

    /** One row of the report: a document of a container, or the file itself. */
    public void row(DocumentReport row) {
        rows.add(row);
    }

    /**
     * The file holds something that must not be stored, outside of what is mapped. Its original is not kept.
     *
     * @param reason names the rule and the place
     */
    public void refuseOriginal(Issue reason) {
        reading.refuseOriginal(reason.rule());
        issue(reason);
    }

    /** The file contradicts the account: nothing is stored, the person decides. Ends the reading. */
    public void hold(List<Issue> reasons) {
        drafts.clear();
        samples.clear();
        originals.clear();
        contradictions = List.copyOf(reasons);
    }

    /** Its sender asks what became of each entry. */
    public void proposed(int entry, UUID id) {
        proposed.add(new Proposed(entry, id));
    }

    /** Number of drafts waiting for the next flush. */
    public int pending() {
        return drafts.size();
    }

    /** Number of samples waiting for the next flush. */
    public int pendingSamples() {
        return samples.size();
    }

    /** Hands everything found so far to the next stage. */
    public void flush() {
        if (drafts.isEmpty() && samples.isEmpty() && originals.isEmpty()) {
            return;
        }
        batches.accept(new Normalised(intake, reading, drafts, samples, originals));
        drafts.clear();
        samples.clear();
        originals.clear();
    }

    Report report(String format) {
        if (unlisted > 0) {
            issues.add(Issue.warning("informational", "ING-2", "findings that are not listed one by one: " + unlisted));
        }
        return new Report(format, rows, issues, contradictions, proposed, rejected);
    }

    @Nullable
    Issue firstContradiction() {
        return contradictions.isEmpty() ? null : contradictions.get(0);
    }
}
