package phr.fhir.catalogue;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Timing;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.DataTime;

/** Which date is the data time of a resource (consent-semantics.md §5.2). */
public final class DataTimes {

    /** Per type the elements in order: the first that is present counts. */
    private static final Map<String, List<String>> ELEMENTS = Map.ofEntries(
            Map.entry("Observation", List.of("effective[x]", "issued")),
            Map.entry("DiagnosticReport", List.of("effective[x]", "issued")),
            Map.entry("AllergyIntolerance", List.of("onset[x]", "lastOccurrence", "recordedDate")),
            Map.entry("MedicationRequest", List.of("authoredOn")),
            Map.entry("MedicationStatement", List.of("effective[x]", "dateAsserted")),
            Map.entry("MedicationDispense", List.of("whenHandedOver", "whenPrepared")),
            Map.entry("MedicationAdministration", List.of("effective[x]")),
            Map.entry("Immunization", List.of("occurrence[x]", "recorded")),
            Map.entry("Procedure", List.of("performed[x]")),
            Map.entry("Encounter", List.of("period")),
            Map.entry("EpisodeOfCare", List.of("period")),
            Map.entry("CarePlan", List.of("period", "created")),
            Map.entry("CareTeam", List.of("period")),
            Map.entry("Communication", List.of("sent", "received")),
            Map.entry("Flag", List.of("period")),
            Map.entry("Goal", List.of("statusDate")),
            Map.entry("DocumentReference", List.of("context.period", "date")),
            Map.entry("Composition", List.of("event.period", "date")),
            Map.entry("QuestionnaireResponse", List.of("authored")),
            Map.entry("FamilyMemberHistory", List.of("date")),
            Map.entry("ImagingStudy", List.of("started")),
            Map.entry("Media", List.of("created[x]", "issued")),
            Map.entry("Specimen", List.of("collection.collected[x]", "receivedTime")),
            Map.entry("Claim", List.of("billablePeriod", "created")),
            Map.entry("ExplanationOfBenefit", List.of("billablePeriod", "created")),
            Map.entry("Coverage", List.of("period")));

    private DataTimes() {}

    /** {@link DataTime#UNKNOWN} for types without a clinical date and for resources that lack one. */
    public static DataTime of(Resource resource) {
        if (resource instanceof org.hl7.fhir.r4.model.Condition condition) {
            return condition(condition);
        }
        if (resource instanceof Goal goal && goal.hasStart()) {
            return goal(goal);
        }
        for (String path : ELEMENTS.getOrDefault(resource.fhirType(), List.of())) {
            List<Base> values = values(resource, path);
            if (!values.isEmpty()) {
                return of(values.get(0));
            }
        }
        return DataTime.UNKNOWN;
    }

    private static List<Base> values(Base owner, String path) {
        List<Base> found = List.of(owner);
        for (String name : path.split("\\.")) {
            found = found.stream()
                    .flatMap(base -> base.getNamedProperty(name).getValues().stream())
                    .filter(value -> value != null && !value.isEmpty())
                    .toList();
        }
        return found;
    }

    /** Onset to abatement; a condition without abatement goes on. */
    private static DataTime condition(org.hl7.fhir.r4.model.Condition condition) {
        if (!condition.hasOnset()) {
            return condition.hasRecordedDate() ? of(condition.getRecordedDateElement()) : DataTime.UNKNOWN;
        }
        DataTime onset = of(condition.getOnset());
        DataTime abatement = condition.hasAbatement() ? of(condition.getAbatement()) : DataTime.between(null, null);
        return onset.known() && abatement.known() ? between(onset.from(), abatement.to()) : DataTime.UNKNOWN;
    }

    /** Start to the last target; a goal without a target date goes on. */
    private static DataTime goal(Goal goal) {
        DataTime start = of(goal.getStart());
        Instant until = null;
        for (Goal.GoalTargetComponent target : goal.getTarget()) {
            DataTime due = of(target.getDue());
            until = due.to() != null && (until == null || until.isBefore(due.to())) ? due.to() : until;
        }
        return start.known() ? between(start.from(), until) : DataTime.UNKNOWN;
    }

    private static DataTime of(Base value) {
        try {
            return interval(value);
        } catch (DateTimeException e) {
            return DataTime.UNKNOWN;
        }
    }

    private static DataTime interval(Base value) {
        if (value instanceof BaseDateTimeType date && date.hasValue()) {
            Moments moments = Moments.parse(date.getValueAsString());
            return DataTime.between(moments.start(), moments.end());
        }
        if (value instanceof Period period) {
            return interval(period);
        }
        if (value instanceof Timing timing) {
            return interval(timing);
        }
        return DataTime.UNKNOWN;
    }

    private static DataTime interval(Period period) {
        Instant from = period.getStartElement().hasValue()
                ? Moments.parse(period.getStartElement().getValueAsString()).start()
                : null;
        Instant to = period.getEndElement().hasValue()
                ? Moments.parse(period.getEndElement().getValueAsString()).end()
                : null;
        return between(from, to);
    }

    /** Nothing at all and reversed ends are unknown. */
    private static DataTime between(@Nullable Instant from, @Nullable Instant to) {
        boolean empty = from == null && to == null;
        boolean reversed = from != null && to != null && !from.isBefore(to);
        return empty || reversed ? DataTime.UNKNOWN : DataTime.between(from, to);
    }

    private static DataTime interval(Timing timing) {
        if (timing.getRepeat().getBounds() instanceof Period bounds) {
            return interval(bounds);
        }
        Instant from = null;
        Instant to = null;
        for (BaseDateTimeType event : timing.getEvent()) {
            if (!event.hasValue()) {
                continue;
            }
            Moments moments = Moments.parse(event.getValueAsString());
            from = from == null || moments.start().isBefore(from) ? moments.start() : from;
            to = to == null || moments.end().isAfter(to) ? moments.end() : to;
        }
        return between(from, to);
    }
}
