package phr.gateway.stats;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.CalendarUnit;
import phr.fhir.Sha256;
import phr.fhir.facts.DataTime;
import phr.gateway.audit.Tally;
import phr.gateway.record.Aggregates;
import phr.gateway.record.Entry;
import phr.gateway.record.Portion;
import phr.gateway.record.Portions;
import phr.gateway.record.Rendering;
import phr.gateway.record.Sum;
import phr.gateway.record.choice.Share;
import phr.gateway.stats.Measurement.Group;

/** One run over Observations, oldest first: only the sums of one unit of time are in memory. */
final class Calculation {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final Values NOTHING = new Values(List.of(), MissingNode.getInstance(), MissingNode.getInstance());

    private final StatsQuery query;
    private final @Nullable CalendarUnit unit;
    private final Tally tally;
    private final Rendering rendering = new Rendering();
    private final StatisticsJson writer;
    private final Choice choice;
    /** Where the sums of a form belong. */
    private final Map<Entry, Values> forms = new IdentityHashMap<>();

    private final Map<Group, Group> groups = new HashMap<>();
    private final Map<Group, Sums> open = new TreeMap<>(Comparator.comparingInt(Group::code)
            .thenComparing(group -> group.unit().key()));
    private final List<byte[]> done = new ArrayList<>();
    private DataTime current;
    private DataTime last = DataTime.UNKNOWN;

    /** @param unit null = one result for the whole period */
    Calculation(StatsQuery query, @Nullable CalendarUnit unit, Tally tally) {
        this.query = query;
        this.unit = unit;
        this.tally = tally;
        this.writer = new StatisticsJson(query);
        this.current = query.period();
        this.choice = new Choice(
                query.codes().stream().flatMap(asked -> asked.tokens().stream()).toList(), this::take);
    }

    /**
     * The values of an Observation, or of all that a form stands for.
     *
     * @param raw as it is stored: a caller from whom the device is hidden gets the same choice
     * @param shown as the caller might read it; the same as {@code raw} where single values must not leave
     */
    record Values(List<Measurement> measured, JsonNode raw, JsonNode shown) {}

    /** The statistics as Observations, in order of time. */
    List<byte[]> over(Portions portions) {
        choice.among(
                portions,
                portion -> portion.sums().isEmpty()
                        ? values(portion.form())
                        : forms.computeIfAbsent(portion.form(), this::values));
        close();
        return done;
    }

    private void take(Portion portion, Values values, List<Share> shares) {
        if (unit != null) {
            DataTime time = portion.time();
            if (time.from() == null) {
                return;
            }
            DataTime whole = around(unit, time.from());
            if (!query.contains(whole) || beyond(time, whole)) {
                return;
            }
            if (!whole.equals(current)) {
                close();
                current = whole;
            }
        }
        for (int i = 0; i < values.measured().size(); i++) {
            Measurement place = values.measured().get(i);
            Share share = shares.isEmpty() ? Share.ALONE : shares.get(i);
            if (!share.none()) {
                Sums sums = sums(place.group());
                sums.add(counted(portion, place, share), portion);
                if (share.contested()) {
                    sums.choose(values.shown());
                }
            }
        }
    }

    private static Sum counted(Portion portion, Measurement place, Share share) {
        Sum whole = portion.sums().isEmpty()
                ? new Sum(place.value(), place.value(), place.value())
                : portion.sums().get(place.value().intValueExact());
        return portion.count() == 1
                ? new Sum(share.of(whole.sum()), share.of(whole.least()), share.of(whole.greatest()))
                : new Sum(share.of(whole.sum()), whole.least(), whole.greatest());
    }

    private DataTime around(CalendarUnit unit, Instant from) {
        boolean within =
                last.from() != null && last.to() != null && !from.isBefore(last.from()) && from.isBefore(last.to());
        last = within ? last : unit.around(from);
        return last;
    }

    private Sums sums(Group group) {
        return open.computeIfAbsent(groups.computeIfAbsent(group, first -> first), key -> new Sums(unit));
    }

    private Values values(Entry entry) {
        return usable(entry)
                .map(json -> {
                    JsonNode shown = tree(json);
                    JsonNode raw = json == entry.json() ? shown : tree(entry.json());
                    return new Values(Measurement.of(shown, query.codes()), raw, shown);
                })
                .orElse(NOTHING);
    }

    /** Under a permit for aggregates the content is only computed with; else it is what the caller might read. */
    private Optional<byte[]> usable(Entry entry) {
        return Aggregates.only(entry.obligations()) ? Optional.of(entry.json()) : rendering.render(entry);
    }

    private static boolean beyond(DataTime time, DataTime whole) {
        return time.to() == null || whole.to() == null || time.to().isAfter(whole.to());
    }

    private void close() {
        open.forEach((group, sums) -> {
            Set<Statistic> statistics = sums.permitted(query.statistics());
            if (!statistics.isEmpty()) {
                byte[] json = writer.write(group, sums, statistics, current);
                tally.add("Observation", named(json), 1, sums.categories(), json);
                done.add(json);
            }
        });
        open.clear();
    }

    private static UUID named(byte[] json) {
        ByteBuffer digest = ByteBuffer.wrap(Sha256.digester().digest(json));
        return new UUID(digest.getLong(), digest.getLong());
    }

    private static JsonNode tree(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            // The message of the cause would quote the record.
            throw new IllegalStateException("stored resource is not JSON");
        }
    }
}
