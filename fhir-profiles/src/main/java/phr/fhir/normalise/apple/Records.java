package phr.fhir.normalise.apple;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.SourceIdentity;
import phr.fhir.normalise.tag.Tag;
import phr.fhir.normalise.tag.TagScanner;
import phr.fhir.sample.Moment;
import phr.fhir.sample.Sample;

/** Records: those of a dense series go past the resource model, the others become resources one by one. */
final class Records {

    private final AppleFile file;
    private final AppleTime times = new AppleTime();
    private final Details details;
    private final Tag kept = new Tag();
    private final RecordMapper mapper;

    Records(AppleFile file, RecordMapper mapper) {
        this.file = file;
        this.details = new Details(file);
        this.mapper = mapper;
    }

    /** Reads the record on whose tag the scanner is, with everything below. */
    void read(TagScanner scanner) throws IOException {
        file.file.read();
        Tag tag = scanner.tag();
        long line = -1;
        boolean parent = tag.kind() == Tag.Kind.START;
        if (parent) {
            line = scanner.line();
            kept.keep(tag);
            tag = kept;
            details.read(scanner, "Record", child -> false);
        }
        try {
            take(tag, parent, scanner, line);
        } catch (CharacterCodingException e) {
            file.tally.add(Tally.Reason.TEXT, "Record", "", line < 0 ? scanner.line() : line);
        }
    }

    private void take(Tag tag, boolean parent, TagScanner scanner, long line) throws CharacterCodingException {
        Series series = file.catalogue.of(tag);
        if (series == null) {
            file.tally.add(Tally.Reason.INCOMPLETE, "Record", "", line < 0 ? scanner.line() : line);
            return;
        }
        if (file.catalogue.foundMyNumber()) {
            file.file.refuseOriginal("line " + (line < 0 ? scanner.line() : line));
        }
        if (series.metric == null) {
            unmapped(series, line < 0 && series.unmapped == 0 ? scanner.line() : line);
            return;
        }
        Moment start = times.of(tag, Names.START_DATE);
        Moment end = times.of(tag, Names.END_DATE);
        if (start != null && end != null && sampled(tag, series, start, end, parent && details.manual())) {
            return;
        }
        Measurement measurement = measurement(tag, series, start, end, parent, line < 0 ? scanner.line() : line);
        if (measurement != null) {
            mapper.map(measurement, value(tag), parent ? details : null, tag);
        }
    }

    /** False when the record has to go the long way. */
    private boolean sampled(Tag tag, Series series, Moment start, Moment end, boolean manual) {
        int value = tag.find(Names.VALUE);
        if (value < 0 || start.micros() > end.micros() || !series.dense()) {
            return false;
        }
        Sample sample = series.sample(start, end, manual, tag.text(), tag.from(value), tag.to(value));
        if (sample != null) {
            file.sample(sample, series, end);
        }
        return sample != null;
    }

    /** Counted with the series as long as it is remembered. */
    private void unmapped(Series series, long line) {
        if (!series.remembered) {
            file.tally.unmapped(series, line, 1);
        } else if (series.unmapped++ == 0) {
            series.firstUnmapped = line;
        }
    }

    private @Nullable Measurement measurement(
            Tag tag, Series series, @Nullable Moment start, @Nullable Moment end, boolean parent, long line) {
        boolean manual = parent && details.manual();
        String zone = parent && !series.dense() ? details.zone() : null;
        Moment from = start == null ? AppleTime.assumed(tag, Names.START_DATE) : start;
        Moment to = end == null ? AppleTime.assumed(tag, Names.END_DATE) : end;
        if (from == null || to == null) {
            boolean missing = tag.find(Names.START_DATE) < 0 || tag.find(Names.END_DATE) < 0;
            file.tally.add(missing ? Tally.Reason.INCOMPLETE : Tally.Reason.TIME, "Record", series.type, line);
            return null;
        }
        if (from.micros() > to.micros()) {
            file.tally.add(Tally.Reason.TIME, "Record", series.type, line);
            return null;
        }
        return new Measurement(series, from, to, start == null || end == null, manual, zone, line);
    }

    private static String value(Tag tag) throws CharacterCodingException {
        String value = tag.value(Names.VALUE);
        return value == null ? "" : value;
    }

    /** Hands on a dense record that went the long way, and learns from it. */
    static void dense(
            AppleFile file, Observation observation, SourceIdentity identity, Measurement measurement, Tag tag) {
        Series series = measurement.series();
        Moment start = measurement.start();
        Moment end = measurement.end();
        Optional<Sample> packed = file.packed(observation, identity, series.metric(), measurement);
        if (packed.isEmpty()) {
            file.propose(observation, identity, series.metric(), measurement);
            double value = observation.getValueQuantity().getValue().doubleValue();
            file.counted(series, start, end, value);
            return;
        }
        file.sample(packed.get(), series, end);
        if (!measurement.assumed() && series.unknown(start, end, measurement.manual())) {
            int value = tag.find(Names.VALUE);
            series.learn(
                    start, end, measurement.manual(), Learnt.of(packed.get().shape(), file.intake()));
            Sample again = series.sample(start, end, measurement.manual(), tag.text(), tag.from(value), tag.to(value));
            if (!packed.get().equals(again)) {
                series.learn(start, end, measurement.manual(), Learnt.UNFIT);
            }
        }
    }
}
