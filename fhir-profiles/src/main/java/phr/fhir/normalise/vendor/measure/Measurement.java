package phr.fhir.normalise.vendor.measure;

import java.util.List;
import phr.fhir.normalise.lifelog.TimeFrame;

/**
 * What was measured at one time by one device.
 *
 * @param id name within the source store, empty = none
 * @param place where it stands, for findings
 * @param note of the person, empty = none
 * @param summary how it summarises others, empty = it was measured
 */
public record Measurement(
        Source source, String id, String place, TimeFrame frame, List<Value> values, String note, String summary) {

    public Measurement {
        values = List.copyOf(values);
    }

    boolean pressure() {
        return values.stream().anyMatch(value -> value.of("systolic") || value.of("diastolic"));
    }
}
