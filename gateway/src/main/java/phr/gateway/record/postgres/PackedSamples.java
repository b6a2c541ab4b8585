package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.consent.CalendarUnit;
import phr.consent.Grant;
import phr.consent.Obligation;
import phr.consent.Permit;
import phr.consent.Predicate;
import phr.fhir.PersonId;
import phr.fhir.facts.DataTime;
import phr.fhir.sample.Hole;
import phr.gateway.database.DatabaseFailure;
import phr.gateway.keys.DataKey;
import phr.gateway.record.Entry;
import phr.gateway.record.Query;
import phr.gateway.record.Query.Order;
import phr.gateway.record.postgres.SampleFinder.Found;
import phr.gateway.record.sampled.SampledForm;
import phr.gateway.record.sampled.SampledName;
import phr.gateway.record.series.Chunk;
import phr.gateway.record.series.SampleIds;

/** The packed samples of one person under one permit. Made for one call. */
final class PackedSamples {

    private final Connection connection;
    private final Permit permit;
    private final PersonId person;
    private final DataKey key;
    private final List<Series> series;
    private final KnownIds ids;
    private final KnownSamples.View memory;
    private final SamplePredicates predicates;

    /** @param head as it was seen together with the standing of the permit; null without packed series */
    PackedSamples(
            Connection connection,
            Permit permit,
            DataKey key,
            @Nullable SeriesHead head,
            SeriesCache known,
            Blinding blinding)
            throws SQLException {
        this.connection = connection;
        this.permit = permit;
        this.person = permit.subject();
        this.key = key;
        this.series = head == null ? List.of() : known.of(connection, person, key, head);
        this.ids = known.ids();
        this.memory = known.samples().of(person, key, head == null ? 0 : head.content());
        this.predicates = new SamplePredicates(connection, person, blinding);
    }

    /** A permitted sample, or what is made of some. */
    Optional<Entry> one(UUID id) throws SQLException {
        Query query = Query.of(Set.of(SampleHit.TYPE + "/" + id));
        return named(query).stream().findFirst().map(Hit::entry);
    }

    /** Those of the references {@code Type/id} that name permitted samples. */
    Set<String> visible(Set<String> references) throws SQLException {
        Query query = Query.of(references);
        return SampleFilter.concerns(query)
                ? named(query).stream()
                        .map(hit -> SampleHit.TYPE + "/" + hit.id())
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    /** Whether any permitted sample refers to the resource {@code Type/id}: supporting resources are released so. */
    boolean refersTo(String reference, Predicate referrer) {
        Query query = Query.referring(SampleHit.TYPE, Set.of(reference));
        try {
            List<SamplePlan> plans = plans(query, List.of(new Grant(referrer, Set.of())), 1, null);
            if (plans.isEmpty()) {
                return false;
            }
            try (SampleCursor cursor = new SampleCursor(connection, person, key, plans, query, true)) {
                return cursor.peek() != null;
            }
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    /** Samples in the order of the query. */
    MergedResults.Hits search(Query query) throws SQLException {
        if (!SampleFilter.concerns(query) || series.isEmpty()) {
            return SampleHits.none();
        }
        if (!query.references().isEmpty()) {
            return SampleHits.sorted(named(query), query);
        }
        List<SamplePlan> plans = plans(query);
        if (plans.isEmpty()) {
            return SampleHits.none();
        }
        boolean byTime = query.order() == Order.NEWEST || query.order() == Order.OLDEST;
        Hit.Source source = source(plans, query);
        return byTime ? SampleHits.streamed(source, query) : SampleHits.first(source, query);
    }

    private Hit.Source source(List<SamplePlan> plans, Query query) throws SQLException {
        boolean newest = query.order() == Order.NEWEST;
        if (!query.dense().sampled()) {
            return new SampleCursor(connection, person, key, plans, query, newest);
        }
        Map<SamplePlan, SampledForm> forms = forms(plans);
        SampledCursor sampled = new SampledCursor(connection, person, key, forms, contests(), query, newest);
        List<SamplePlan> others =
                plans.stream().filter(plan -> !forms.containsKey(plan)).toList();
        if (others.isEmpty()) {
            return sampled;
        }
        Order order = newest ? Order.NEWEST : Order.OLDEST;
        return new MergedHits(
                sampled,
                new SampleCursor(connection, person, key, others, query, newest),
                Comparator.comparing(hit -> SampleOrder.of(hit, order), SampleOrder.of(order)));
    }

    private Contests contests() {
        return Contests.of(series, () -> {
            try {
                return new SourceOrder(connection, person, key).read();
            } catch (SQLException e) {
                throw DatabaseFailure.of(e);
            }
        });
    }

    private static Map<SamplePlan, SampledForm> forms(List<SamplePlan> plans) {
        Map<SamplePlan, SampledForm> forms = new IdentityHashMap<>();
        for (SamplePlan plan : plans) {
            int numbers = Collections.frequency(plan.series().shape().holes(), Hole.NUMBER);
            SampledForm.of(plan.series().example(), numbers).ifPresent(form -> forms.put(plan, form));
        }
        return forms;
    }

    private List<Hit> named(Query query) throws SQLException {
        List<Hit> hits = new ArrayList<>(byId(query));
        for (UUID id : ids(query)) {
            SampledName name = SampledName.of(id, key).orElse(null);
            Hit hit = name == null ? null : made(name, query);
            if (hit != null) {
                hits.add(hit);
            }
        }
        return hits;
    }

    private @Nullable Hit made(SampledName name, Query query) throws SQLException {
        DataTime day = CalendarUnit.DAY.around(LocalDate.ofEpochDay(name.day())
                .atStartOfDay(CalendarUnit.TOKYO)
                .toInstant());
        Query ofTheDay = query.beginning(day);
        Series named = series.stream()
                .filter(one -> one.number() == name.series())
                .findFirst()
                .orElse(null);
        Map<SamplePlan, SampledForm> forms = forms(plans(ofTheDay).stream()
                .filter(plan -> Contests.together(named, plan.series()))
                .toList());
        if (forms.isEmpty()) {
            return null;
        }
        try (SampledCursor cursor = new SampledCursor(connection, person, key, forms, contests(), ofTheDay, false)) {
            return cursor.named(name);
        }
    }

    /**
     * Which samples are added up.
     *
     * @param grants those of the permit, then those for aggregates over the unit
     */
    List<SamplePlan> added(Query query, List<Grant> grants, @Nullable CalendarUnit unit) throws SQLException {
        if (!query.references().isEmpty()) {
            throw new IllegalArgumentException("what is named one by one is not added up");
        }
        return SampleFilter.concerns(query)
                ? plans(query, grants, permit.grants().size(), unit)
                : List.of();
    }

    /** Samples added up by day, oldest first; null when there are none. */
    @Nullable
    PortionCursor portions(List<SamplePlan> plans, Query query, Rivals rivals) throws SQLException {
        return plans.isEmpty() ? null : new PortionCursor(connection, person, key, plans, query, rivals);
    }

    /** Those that count something of which one source is believed at a time. */
    void list(SourceList sources) throws SQLException {
        sources.chunks(connection, person, plans(SourceList.SAMPLES));
    }

    private List<SamplePlan> plans(Query query) throws SQLException {
        return plans(query, permit.grants(), permit.grants().size(), null);
    }

    private List<SamplePlan> plans(Query query, List<Grant> grants, int rows, @Nullable CalendarUnit unit)
            throws SQLException {
        return SamplePlan.of(series, query, predicates, grants, rows, unit);
    }

    private Collection<Found> found(Set<UUID> wanted) throws SQLException {
        Sql condition = Standing.condition(permit);
        if (wanted.size() == 1 && !series.isEmpty()) {
            return new SampleLookup(connection, person, key, series, condition, ids, memory)
                    .find(wanted.iterator().next()).stream().toList();
        }
        ChunkRows chunks = new ChunkRows(connection, person, key, ids, memory.content());
        return new SampleFinder(connection, person, key, series, condition, ids, chunks)
                .find(wanted)
                .values();
    }

    private List<SampleHit> byId(Query query) throws SQLException {
        Collection<Found> found = found(ids(query));
        Map<Integer, SamplePlan> plans = new HashMap<>();
        if (!found.isEmpty()) {
            plans(query).forEach(plan -> plans.put(plan.series().number(), plan));
        }
        List<SampleHit> hits = new ArrayList<>();
        for (Found one : found) {
            SamplePlan plan = plans.get(one.series().number());
            Chunk alone = one.chunk().only(one.index());
            UUID id = one.id();
            Set<Obligation> shown = plan == null ? null : plan.shows(alone, 0, () -> id);
            if (shown != null) {
                hits.add(new SampleHit(one.series(), one.series().writer(), alone, 0, id, shown));
            }
        }
        return hits;
    }

    private static Set<UUID> ids(Query query) {
        return query.references().stream()
                .filter(reference -> reference.startsWith(SampleHit.TYPE + "/"))
                .map(reference -> UUID.fromString(reference.substring(SampleHit.TYPE.length() + 1)))
                .collect(Collectors.toSet());
    }

    /** How many match, without pages. */
    long count(Query query) throws SQLException {
        if (!SampleFilter.concerns(query) || series.isEmpty()) {
            return 0;
        }
        if (!query.references().isEmpty()) {
            return named(query).size();
        }
        if (query.dense().sampled()) {
            return sampled(query.whole());
        }
        long count = 0;
        for (SamplePlan plan : plans(query)) {
            count += plan.everything() ? all(plan) : each(plan, query);
        }
        return count;
    }

    private long sampled(Query query) throws SQLException {
        List<SamplePlan> plans = plans(query);
        long count = 0;
        if (!plans.isEmpty()) {
            try (Hit.Source source = source(plans, query)) {
                while (source.next() != null) {
                    count++;
                }
            }
        }
        return count;
    }

    private long all(SamplePlan plan) throws SQLException {
        Sql sql = Sql.of(
                "SELECT coalesce(sum(samples), 0) FROM sample_chunk WHERE person_id = ? AND series = ?",
                person.value(),
                plan.series().number());
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private long each(SamplePlan plan, Query query) throws SQLException {
        ChunkRows chunks = new ChunkRows(connection, person, key);
        Sql sql = Sql.of(
                        "SELECT " + ChunkRows.COLUMNS + " FROM sample_chunk c WHERE c.person_id = ? AND c.series = ?",
                        person.value(),
                        plan.series().number())
                .add(SampleFilter.window(query));
        long count = 0;
        SampleIds names = plan.series().ids(person);
        try (PreparedStatement select = sql.prepare(connection)) {
            select.setFetchSize(64);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Chunk chunk = chunks.chunk(plan.series(), row);
                    for (int i = 0; i < chunk.size(); i++) {
                        int at = i;
                        count += plan.shows(chunk, i, () -> names.of(chunk.key(at))) == null ? 0 : 1;
                    }
                }
            }
        }
        return count;
    }

    /** The packed samples of these ids, whoever may see them: to be written anew. */
    List<Found> found(UUID id) throws SQLException {
        return List.copyOf(found(Set.of(id)));
    }
}
