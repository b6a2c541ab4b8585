package phr.fhir.normalise.apple;

import java.util.List;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import phr.fhir.Fhir;
import phr.fhir.PersonId;
import phr.fhir.normalise.SourceIdentity;
import phr.fhir.normalise.lifelog.DerivedKey;
import phr.fhir.normalise.lifelog.Metric;
import phr.fhir.normalise.lifelog.MetricObservation;
import phr.fhir.normalise.lifelog.TimeFrame;
import phr.fhir.normalise.lifelog.WrittenTime;
import phr.fhir.sample.Moment;

/**
 * What an element of the export says of one measurement besides its value.
 *
 * @param assumed the times have no offset in the file
 * @param zone {@code HKTimeZone}, where it was measured, if stated
 * @param line where it stands in the file
 */
record Measurement(
        Series series,
        Moment start,
        Moment end,
        boolean assumed,
        boolean manual,
        @Nullable String zone,
        long line) {

    /** The zone that the device was in, beside the offset that the export writes. */
    static final String TIME_ZONE = Fhir.CANONICAL + "/StructureDefinition/time-zone";

    /** Without id, identifier and value. */
    Observation observation(PersonId person, Metric metric) {
        Observation observation = MetricObservation.of(person, metric, effective());
        if (manual) {
            observation.addExtension(MetricObservation.MANUAL, new BooleanType(true));
        }
        if (zone != null) {
            observation.addExtension(TIME_ZONE, new CodeType(zone));
        }
        observation.addContained(series.device.fhir());
        observation.setDevice(new Reference("#device"));
        return observation;
    }

    SourceIdentity identity(List<String> values, List<String> units) {
        return identity(series.type, values, units);
    }

    SourceIdentity identity(String type, List<String> values, List<String> units) {
        String key = DerivedKey.of(
                type, series.device.source(), series.device.model(), instant(start), instant(end), values, units);
        return new SourceIdentity(DerivedKey.SYSTEM, key, null);
    }

    Type effective() {
        if (start.micros() == end.micros()) {
            return time(start);
        }
        Period period = new Period();
        period.setStartElement(time(start));
        period.setEndElement(time(end));
        return period;
    }

    String place() {
        return "line " + line;
    }

    /** Gives a resource its identifier; its id follows from that. */
    static void identify(DomainResource resource, SourceIdentity identity) {
        if (resource instanceof Observation observation) {
            observation.addIdentifier().setSystem(identity.namespace()).setValue(identity.id());
        }
    }

    private DateTimeType time(Moment moment) {
        DateTimeType time = new DateTimeType(moment.toString());
        if (assumed) {
            time.addExtension(TimeFrame.ASSUMED_ZONE, new CodeType(WrittenTime.JAPAN.getId()));
        }
        return time;
    }

    static java.time.Instant instant(Moment moment) {
        return java.time.Instant.EPOCH.plus(moment.micros(), java.time.temporal.ChronoUnit.MICROS);
    }
}
