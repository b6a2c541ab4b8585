package phr.fhir.normalise.vendor.measure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.PhrCategory;
import phr.fhir.normalise.Draft;
import phr.fhir.normalise.SourceIdentity;
import phr.fhir.normalise.lifelog.LifelogFile;
import phr.fhir.normalise.lifelog.TimeFrame;
import phr.fhir.sample.Decimal;
import phr.fhir.sample.Moment;
import phr.fhir.sample.Sample;
import phr.fhir.sample.Shape;

/** Measurements that differ in time and number only: the first becomes a resource and is learnt, the others go past the model. */
final class DenseSeries {

    private static final int MOST = 1000;
    /** Smaller numbers are written with an exponent by the long way. */
    private static final int MOST_SCALE = 6;

    /** What the resources of a series have in common. */
    private record Series(
            String metric, String unit, Source source, String namespace, boolean period, boolean assumed) {}

    private final LifelogFile file;
    private final Map<Series, Optional<Shape>> learnt = new HashMap<>();

    DenseSeries(LifelogFile file) {
        this.file = file;
    }

    /** False when the measurement has to become a resource; then {@link #propose} is next. */
    boolean take(Measurement measurement, Value value, SourceIdentity identity) {
        Shape shape = learnt.getOrDefault(series(measurement, value, identity), Optional.empty())
                .orElse(null);
        List<Decimal> numbers = numbers(value);
        Moment start = Moment.parse(measurement.frame().start().fhir());
        Moment end = end(measurement.frame());
        if (shape == null || numbers == null || start == null || period(measurement.frame()) && end == null) {
            return false;
        }
        file.sample(
                new Sample(shape, file.sampleId(identity), identity.id(), start, end, null, numbers),
                Set.of(value.metric().category()));
        return true;
    }

    /** Hands on the resource of the measurement and learns from it. */
    void propose(Measurement measurement, Value value, SourceIdentity identity, Draft draft) {
        Series series = series(measurement, value, identity);
        Set<PhrCategory> categories = Set.of(value.metric().category());
        boolean known = learnt.containsKey(series) || learnt.size() >= MOST;
        Optional<Sample> packed = known ? Optional.empty() : file.packed(draft);
        if (!known) {
            boolean fits = packed.isPresent()
                    && packed.get().key().equals(identity.id())
                    && packed.get().numbers().equals(numbers(value));
            learnt.put(series, fits ? packed.map(Sample::shape) : Optional.empty());
        }
        if (packed.isPresent()) {
            file.sample(packed.get(), categories);
        } else {
            file.propose(draft);
        }
    }

    private static Series series(Measurement measurement, Value value, SourceIdentity identity) {
        TimeFrame frame = measurement.frame();
        return new Series(
                value.metric().key(),
                value.unit(),
                measurement.source(),
                identity.namespace(),
                period(frame),
                frame.start().assumedZone());
    }

    private static boolean period(TimeFrame frame) {
        return frame.end() != null
                && !frame.end().instant().equals(frame.start().instant());
    }

    private static @Nullable Moment end(TimeFrame frame) {
        return frame.end() == null || !period(frame)
                ? null
                : Moment.parse(frame.end().fhir());
    }

    /** As they stand in the JSON: what was written in another unit comes before the value. */
    private static @Nullable List<Decimal> numbers(Value value) {
        List<Decimal> numbers = new ArrayList<>();
        boolean converted = !Measurements.sameUnit(value);
        Decimal written = converted ? fit(value.written().toPlainString()) : null;
        Decimal number = fit(value.value().toPlainString());
        if (number == null || converted && written == null) {
            return null;
        }
        if (written != null) {
            numbers.add(written);
        }
        numbers.add(number);
        return numbers;
    }

    private static @Nullable Decimal fit(String number) {
        Decimal decimal = number.length() > 40 ? null : Decimal.parse(number);
        return decimal == null || decimal.scale() > MOST_SCALE ? null : decimal;
    }
}
