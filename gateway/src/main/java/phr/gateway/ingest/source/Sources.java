package phr.gateway.ingest.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.consent.CalendarUnit;
import phr.fhir.Ids;
import phr.fhir.PersonId;
import phr.gateway.record.Holding;
import phr.gateway.record.choice.LifelogSource;
import phr.gateway.record.choice.Priority;

/**
 * The sources of one person.
 *
 * @param byMetric what each holds
 */
record Sources(PersonId person, Map<String, List<Holding>> byMetric, Priority priority) {

    private static final UUID NAMESPACE = Ids.namespace("urn:phr:lifelog-source");

    static Sources of(PersonId person, List<Holding> holdings, Priority priority) {
        Map<String, List<Holding>> byMetric =
                holdings.stream().collect(Collectors.groupingBy(Holding::metric, TreeMap::new, Collectors.toList()));
        return new Sources(person, byMetric, priority);
    }

    Sources under(Priority changed) {
        return new Sources(person, byMetric, changed);
    }

    /** How the source is called here: the same for ever, and another one for everybody. */
    String id(LifelogSource source) {
        return Ids.v5(
                        NAMESPACE,
                        String.join("\u001f", person.toString(), source.store(), source.device(), source.app()))
                .toString();
    }

    /** The first believed first. */
    List<LifelogSource> order(String metric) {
        return byMetric.getOrDefault(metric, List.of()).stream()
                .map(Holding::source)
                .sorted(priority.of(metric))
                .toList();
    }

    /**
     * As JSON.
     *
     * @param priority by metric, ids of the sources, the first believed first
     * @param stated metrics that the person has ordered herself
     */
    record View(List<Source> sources, Map<String, List<String>> priority, List<String> stated) {}

    /** What is known of one of them. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Source(String id, String kind, String device, String app, String store, List<Holds> holds) {}

    /**
     * What it has measured; days are those of Japan.
     *
     * @param count samples, nights or totals of days; absent when not all of them may be seen
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Holds(
            String metric,
            @Nullable Long count,
            @Nullable LocalDate first,
            @Nullable LocalDate last) {}

    View view() {
        Map<LifelogSource, List<Holds>> holds = new LinkedHashMap<>();
        byMetric.values()
                .forEach(holdings -> holdings.forEach(holding -> holds.computeIfAbsent(
                                holding.source(), source -> new ArrayList<>())
                        .add(new Holds(
                                holding.metric(), holding.count(), day(holding.first(), 0), day(holding.last(), 1)))));
        List<Source> sources = holds.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Priority.DEFAULT.of("")))
                .map(entry -> source(entry.getKey(), entry.getValue()))
                .toList();
        Map<String, List<String>> order = new TreeMap<>();
        byMetric.keySet()
                .forEach(metric ->
                        order.put(metric, order(metric).stream().map(this::id).toList()));
        return new View(
                sources, order, priority.stated().keySet().stream().sorted().toList());
    }

    private Source source(LifelogSource source, List<Holds> holds) {
        List<Holds> sorted =
                holds.stream().sorted(Comparator.comparing(Holds::metric)).toList();
        return new Source(
                id(source),
                source.kind().name().toLowerCase(Locale.ROOT),
                source.device(),
                source.app(),
                source.store(),
                sorted);
    }

    /** @param before so many seconds: an end is exclusive, and stands for a whole second */
    private static @Nullable LocalDate day(@Nullable Instant instant, int before) {
        return instant == null
                ? null
                : instant.minusNanos(before * 1_000_001_000L)
                        .atZone(CalendarUnit.TOKYO)
                        .toLocalDate();
    }
}
