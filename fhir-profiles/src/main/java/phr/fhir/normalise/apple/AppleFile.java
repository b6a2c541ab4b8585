package phr.fhir.normalise.apple;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.DomainResource;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.fhir.facts.PhrCategory;
import phr.fhir.normalise.Draft;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.SourceIdentity;
import phr.fhir.normalise.lifelog.LifelogFile;
import phr.fhir.normalise.lifelog.Metric;
import phr.fhir.sample.Moment;
import phr.fhir.sample.Sample;

/** One export while it is read: what its parts share. */
final class AppleFile {

    final LifelogFile file;
    final Tally tally = new Tally();
    final Catalogue catalogue = new Catalogue();

    private final DailySteps steps = new DailySteps(this);
    private final Set<String> names = new LinkedHashSet<>();
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private @Nullable Series current;

    AppleFile(LifelogFile file) {
        this.file = file;
    }

    PersonId person() {
        return intake().account().person();
    }

    Intake intake() {
        return file.intake();
    }

    /** Proposes a resource of a measurement and counts it. */
    void propose(DomainResource resource, SourceIdentity identity, Metric metric, Measurement measurement) {
        file.propose(drafted(resource, identity, metric.category(), measurement.place()));
        mapped(metric, measurement);
    }

    /** Proposes a resource that stands for no element of its own. */
    void derive(DomainResource resource, SourceIdentity identity, PhrCategory category, String place) {
        file.propose(drafted(resource, identity, category, place));
    }

    /** The same as a sample, when the validator has nothing to say about it. */
    Optional<Sample> packed(DomainResource resource, SourceIdentity identity, Metric metric, Measurement measurement) {
        return file.packed(drafted(resource, identity, metric.category(), measurement.place()));
    }

    private Draft drafted(DomainResource resource, SourceIdentity identity, PhrCategory category, String place) {
        if (!resource.hasId()) {
            Measurement.identify(resource, identity);
            resource.setId(file.sampleId(identity).toString());
        }
        return file.draft(resource, identity, Set.of(category), place);
    }

    /** Hands on a sample and counts it. */
    void sample(Sample sample, Series series, Moment end) {
        file.sample(sample, series.categories);
        file.mapped();
        if (current != series) {
            current = series;
            names.add(series.metric().name());
        }
        counted(series, sample.start(), end, sample.numbers().get(0).value());
        about(sample.start(), end);
    }

    /** Hands on a record that is written like an earlier one, and counts it. */
    void alike(Sample sample, Measurement measurement) {
        file.alike(sample, measurement.series().categories);
        mapped(measurement.series().metric(), measurement);
    }

    /** Adds a sample to the day it belongs to, where days are counted. */
    void counted(Series series, Moment start, Moment end, double value) {
        if (series.counting) {
            steps.add(series, start, end, value);
        }
    }

    private void mapped(Metric metric, Measurement measurement) {
        file.mapped();
        names.add(metric.name());
        about(measurement.start(), measurement.end());
    }

    private void about(Moment start, Moment end) {
        first = Math.min(first, start.micros());
        last = Math.max(last, end.micros());
    }

    void finish() {
        steps.finish();
        if (first <= last) {
            Instant from = Instant.EPOCH.plus(first, ChronoUnit.MICROS);
            Instant to = Instant.EPOCH.plus(last, ChronoUnit.MICROS);
            names.forEach(name -> file.about(Objects.requireNonNull(name), from, to));
        }
        for (Series series : catalogue.all()) {
            if (series.unmapped > 0) {
                tally.unmapped(series, series.firstUnmapped, series.unmapped);
            }
        }
        tally.report(file);
        file.finish();
    }
}
