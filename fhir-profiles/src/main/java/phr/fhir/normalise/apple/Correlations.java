package phr.fhir.normalise.apple;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import phr.fhir.normalise.tag.Tag;
import phr.fhir.normalise.tag.TagScanner;
import phr.fhir.sample.Moment;

/**
 * Groups of records. Of blood pressure the group counts and its twins are dropped; the parts of any other group, such as a
 * meal, have the same derived keys as their twins, so each is taken once whichever way it comes.
 */
final class Correlations {

    private static final String PRESSURE = "HKCorrelationTypeIdentifierBloodPressure";

    private final AppleFile file;
    private final Records records;
    private final Pressures pressures;
    private final AppleTime times = new AppleTime();

    Correlations(AppleFile file, Records records, Pressures pressures) {
        this.file = file;
        this.records = records;
        this.pressures = pressures;
    }

    /** Reads the group on whose start tag the scanner is, with everything below. */
    void read(TagScanner scanner) throws IOException {
        Tag tag = scanner.tag();
        if (tag.kind() != Tag.Kind.START) {
            return;
        }
        boolean pressure = PRESSURE.equals(tag.value(Names.TYPE));
        Details details = new Details(file);
        List<Pressures.Half> halves = new ArrayList<>();
        details.read(scanner, "Correlation", child -> {
            if (!child.is(Names.RECORD)) {
                return false;
            }
            if (pressure) {
                half(scanner, halves);
            } else {
                records.read(scanner);
            }
            return true;
        });
        if (details.manual()) {
            halves.replaceAll(half -> new Pressures.Half(manual(half.measurement()), half.value()));
        }
        pressures.group(halves);
    }

    private static Measurement manual(Measurement measurement) {
        return new Measurement(
                measurement.series(),
                measurement.start(),
                measurement.end(),
                measurement.assumed(),
                true,
                measurement.zone(),
                measurement.line());
    }

    private void half(TagScanner scanner, List<Pressures.Half> halves) throws IOException {
        file.file.read();
        Tag tag = new Tag();
        tag.keep(scanner.tag());
        long line = scanner.line();
        Details details = new Details(file);
        if (tag.kind() == Tag.Kind.START) {
            details.read(scanner, "Record", child -> false);
        }
        try {
            Series series = file.catalogue.of(tag);
            Moment start = times.of(tag, Names.START_DATE);
            Moment end = times.of(tag, Names.END_DATE);
            String value = tag.value(Names.VALUE);
            if (series == null
                    || series.metric == null
                    || start == null
                    || end == null
                    || value == null
                    || start.micros() > end.micros()) {
                file.tally.add(Tally.Reason.INCOMPLETE, "Correlation/Record", "", line);
                return;
            }
            halves.add(new Pressures.Half(
                    new Measurement(series, start, end, false, details.manual(), details.zone(), line), value));
        } catch (CharacterCodingException e) {
            file.tally.add(Tally.Reason.TEXT, "Correlation/Record", "", line);
        }
    }
}
