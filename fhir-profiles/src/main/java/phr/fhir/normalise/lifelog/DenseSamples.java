package phr.fhir.normalise.lifelog;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.PhrCategory;
import phr.fhir.normalise.template.Templates;
import phr.fhir.sample.Sample;

/**
 * The dense samples of a file: the first of a series goes the way of any Observation and is learnt, the others are recognised by
 * their bytes.
 */
final class DenseSamples {

    /** A file whose samples do not repeat each other is not worth more attempts. */
    private static final int MOST_FAILURES = 32;

    /**
     * What the samples of a series share besides their shape.
     *
     * @param place of the resource within its piece
     */
    record Series(String name, Set<PhrCategory> categories, boolean oddUnit, String place) {}

    private final LifelogFile file;
    private final Templates<Series> templates;
    private int failures;

    /** @param templates of series of the same sender, {@link LifelogFile#sampleId} in them */
    DenseSamples(LifelogFile file, Templates<Series> templates) {
        this.file = file;
        this.templates = templates;
    }

    /** False when the piece has to be read as a resource. */
    boolean take(byte[] bytes, int from, int to, Supplier<String> place) {
        Sample sample = templates.match(bytes, from, to);
        if (sample == null) {
            return false;
        }
        Series series = templates.series();
        file.read();
        file.mapped();
        if (series.oddUnit()) {
            ReceivedObservation.warnAboutUnit(file, place.get() + series.place());
        }
        Instant start = Instant.EPOCH.plus(sample.from(), ChronoUnit.MICROS).truncatedTo(ChronoUnit.MILLIS);
        file.about(series.name(), start, start);
        file.sample(sample, series.categories());
        return true;
    }

    /** Whether samples may still be learnt. */
    boolean learning() {
        return failures < MOST_FAILURES;
    }

    /**
     * Hands on what came the long way, as a sample when it is one.
     *
     * @param piece the bytes it came in; null when others like it have to be read
     * @param compact the resource as the content hash sees it
     */
    void propose(ReceivedObservation.Proposal proposal, byte @Nullable [] piece, String compact) {
        Metric metric = proposal.metric();
        Optional<Sample> packed =
                metric != null && metric.dense() && learning() ? file.packed(proposal.draft()) : Optional.empty();
        if (metric == null || packed.isEmpty()) {
            failures += metric != null && metric.dense() ? 1 : 0;
            file.propose(proposal.draft());
            return;
        }
        Set<PhrCategory> categories = Objects.requireNonNull(proposal.draft().categories());
        file.sample(packed.get(), categories);
        if (piece == null) {
            return;
        }
        String place = Objects.requireNonNullElse(proposal.draft().place(), "");
        boolean entry = place.startsWith("Bundle.");
        templates.learn(
                piece,
                entry,
                compact,
                packed.get(),
                new Series(metric.name(), categories, proposal.oddUnit(), entry ? ".resource" : ""));
    }
}
