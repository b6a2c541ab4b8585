package phr.gateway.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import phr.consent.CalendarUnit;
import phr.consent.Grant;
import phr.consent.Obligation;
import phr.consent.Permit;
import phr.consent.Predicate;
import phr.consent.Predicate.Overlaps;
import phr.consent.Predicate.SetFact;
import phr.consent.Predicate.TimeTouches;
import phr.consent.Predicate.TimeWithin;
import phr.consent.StalePermitException;
import phr.fhir.PersonId;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Tokens;
import phr.gateway.record.Query.Order;

/** Over what aggregates may be computed (consent-semantics.md §16.2); reads never see it. */
interface AggregateContract extends StoreUnderTest {

    /** 2026-03-02 is a Monday. */
    LocalDate MONDAY = LocalDate.of(2026, 3, 2);

    private static Instant at(LocalDate day) {
        return day.atStartOfDay(CalendarUnit.TOKYO).toInstant();
    }

    private static Predicate vitals() {
        return new Overlaps(SetFact.CATEGORIES, Set.of("lifelog-vitals"), false);
    }

    private static Grant weekly(Predicate predicate) {
        return new Grant(predicate, Set.of(Obligation.aggregateOnly("WEEK", Set.of("mean"))));
    }

    private List<Sample> threeWeeks(PersonId person) {
        List<Sample> samples = new ArrayList<>();
        for (int day = 0; day < 21; day++) {
            samples.add(Sample.of(person, "Observation", "day" + day).time(Sample.day(MONDAY.plusDays(day))));
        }
        save(person, samples.toArray(Sample[]::new));
        return samples;
    }

    private static Query oldestFirst() {
        return new Query(
                Set.of("Observation"), Set.of(), Set.of(), List.of(), List.of(), List.of(), Order.OLDEST, 0, null);
    }

    private List<String> found(Permit permit, CalendarUnit unit) {
        List<String> found = new ArrayList<>();
        try (Portions portions = store().aggregable(permit, unit, oldestFirst())) {
            portions.forEachRemaining(portion ->
                    found.add(portion.form().type() + "/" + portion.form().id()));
        }
        return found;
    }

    private static List<String> references(List<Sample> samples) {
        return samples.stream().map(Sample::reference).toList();
    }

    @Test
    default void whatOnlyAggregatesArePermittedOfIsNeverReadOrFound() {
        PersonId person = Sample.somebody();
        List<Sample> samples = threeWeeks(person);
        Permit permit = Permits.aggregating(person, weekly(vitals()));
        assertEquals(List.of(), references(permit));
        assertEquals(0, store().count(permit, Query.everything()));
        assertTrue(store().latest(permit, "Observation", samples.get(0).id()).isEmpty());
        assertEquals(references(samples), found(permit, CalendarUnit.WEEK), "oldest first");
        assertEquals(List.of(), found(permit, CalendarUnit.DAY), "a finer unit");
        assertEquals(List.of(), found(permit, CalendarUnit.MONTH), "another unit");
    }

    @Test
    default void aWeekCountsOnlyWhenItLiesFullyInThePermittedTime() {
        PersonId person = Sample.somebody();
        List<Sample> samples = threeWeeks(person);
        Predicate fromWednesday = new TimeWithin(at(MONDAY.plusDays(2)), at(MONDAY.plusDays(21)));
        assertEquals(
                references(samples.subList(7, 21)),
                found(
                        Permits.aggregating(person, weekly(new Predicate.All(List.of(vitals(), fromWednesday)))),
                        CalendarUnit.WEEK));
        Predicate touchesTheSecond = new TimeTouches(at(MONDAY.plusDays(9)), at(MONDAY.plusDays(10)));
        List<String> firstAndThird = new ArrayList<>(references(samples.subList(0, 7)));
        firstAndThird.addAll(references(samples.subList(14, 21)));
        assertEquals(
                firstAndThird,
                found(
                        Permits.aggregating(
                                person,
                                weekly(new Predicate.All(List.of(vitals(), new Predicate.Not(touchesTheSecond))))),
                        CalendarUnit.WEEK));
    }

    @Test
    default void whatIsNotPermittedOrLiesInNoUnitIsNotComputedWith() {
        PersonId person = Sample.somebody();
        Sample ordinary = Sample.of(person, "Observation", "a").time(Sample.day(MONDAY));
        Sample other =
                Sample.of(person, "Observation", "b").time(Sample.day(MONDAY)).categories(Tokens.of(Set.of("lab")));
        Sample acrossWeeks = Sample.of(person, "Observation", "c")
                .time(DataTime.between(at(MONDAY.plusDays(6)), at(MONDAY.plusDays(8))));
        Sample undated = Sample.of(person, "Observation", "d").time(DataTime.UNKNOWN);
        Sample open = Sample.of(person, "Observation", "e").time(DataTime.between(null, at(MONDAY)));
        Sample openEnd = Sample.of(person, "Observation", "f").time(DataTime.between(at(MONDAY), null));
        save(person, ordinary, other, acrossWeeks, undated, open, openEnd);
        assertEquals(
                List.of(ordinary.reference()), found(Permits.aggregating(person, weekly(vitals())), CalendarUnit.WEEK));
    }

    @Test
    default void groupsOfPersonsAndUnitsThatDisagreeOpenNothingOfOnePerson() {
        PersonId person = Sample.somebody();
        threeWeeks(person);
        for (Set<Obligation> obligations : List.of(
                Set.of(Obligation.populationOnly(10)),
                Set.of(
                        Obligation.aggregateOnly("WEEK", Set.of("mean")),
                        Obligation.aggregateOnly("MONTH", Set.of("mean"))),
                Set.of(
                        Obligation.aggregateOnly("WEEK", Set.of("mean")),
                        Obligation.redact(Set.of("Observation.value[x]"))))) {
            Permit permit = Permits.aggregating(person, new Grant(vitals(), obligations));
            for (CalendarUnit unit : CalendarUnit.values()) {
                assertEquals(List.of(), found(permit, unit));
            }
        }
    }

    @Test
    default void thePersonsOwnDataAreAggregableInEveryUnitAndPermitsToReadGoFirst() {
        PersonId person = Sample.somebody();
        List<Sample> samples = threeWeeks(person);
        for (CalendarUnit unit : CalendarUnit.values()) {
            assertEquals(references(samples), found(Permits.own(person), unit));
        }
        Predicate firstDay = new TimeWithin(at(MONDAY), at(MONDAY.plusDays(1)));
        Permit mixed = Permits.aggregating(
                person, List.of(new Grant(firstDay, Set.of(Obligation.KEEP_LABELS))), weekly(vitals()));
        List<Set<Obligation>> obligations = new ArrayList<>();
        try (Portions portions = store().aggregable(mixed, CalendarUnit.WEEK, oldestFirst())) {
            portions.forEachRemaining(portion -> obligations.add(portion.form().obligations()));
        }
        assertEquals(21, obligations.size());
        assertEquals(Set.of(Obligation.KEEP_LABELS), obligations.get(0));
        assertEquals(Set.of(Obligation.aggregateOnly("WEEK", Set.of("mean"))), obligations.get(1));
    }

    @Test
    default void aChangeOfConsentsStopsComputing() {
        PersonId person = Sample.somebody();
        threeWeeks(person);
        changeConsents(person);
        assertThrows(
                StalePermitException.class,
                () -> found(Permits.aggregating(person, weekly(vitals())), CalendarUnit.WEEK));
    }
}
