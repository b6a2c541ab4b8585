package phr.gateway.stats;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.DataTime;
import phr.gateway.record.Portion;
import phr.gateway.record.Portions;
import phr.gateway.record.choice.Choosing;
import phr.gateway.record.choice.Claim;
import phr.gateway.record.choice.Contest;
import phr.gateway.record.choice.LifelogSource;
import phr.gateway.record.choice.Share;
import phr.gateway.stats.Calculation.Values;

/** What several sources have counted at once is computed with once (lifelog.md §4, several sources). */
final class Choice {

    private static final long MICROS = 1_000_000;

    private final boolean needed;
    private final Taker taker;
    private final Map<LifelogSource, LifelogSource> sources = new HashMap<>();
    private final Map<JsonNode, LifelogSource> known = new IdentityHashMap<>();

    /** Takes portions in order of their start. */
    interface Taker {
        /** @param shares one for each value; empty = all count */
        void take(Portion portion, Values values, List<Share> shares);
    }

    private record Valued(Portion portion, Values values) {}

    /** @param codes that are asked for */
    Choice(List<String> codes, Taker taker) {
        this.needed = Contest.among(codes);
        this.taker = taker;
    }

    void among(Portions portions, Function<Portion, Values> values) {
        if (!needed) {
            portions.forEachRemaining(portion -> taker.take(portion, values.apply(portion), List.of()));
            return;
        }
        Choosing<Valued> choosing = new Choosing<>(
                portions::priority, (valued, shares) -> taker.take(valued.portion(), valued.values(), shares));
        portions.forEachRemaining(portion -> {
            Values read = values.apply(portion);
            choosing.add(new Valued(portion, read), from(portion), to(portion), claims(portion, read));
        });
        choosing.finish();
    }

    private List<@Nullable Claim> claims(Portion portion, Values values) {
        List<Measurement> measured = values.measured();
        if (portion.alone() || measured.stream().allMatch(one -> one.contest() == null)) {
            return Collections.nCopies(measured.size(), null);
        }
        LifelogSource source = source(portion, values);
        List<@Nullable Claim> claims = new ArrayList<>(measured.size());
        for (Measurement one : measured) {
            Contest contest = one.contest();
            claims.add(
                    contest == null
                            ? null
                            : new Claim(
                                    contest,
                                    source,
                                    Claim.weigh(
                                            portion.sums().isEmpty()
                                                    ? one.value()
                                                    : portion.sums()
                                                            .get(one.value().intValueExact())
                                                            .sum(),
                                            one.total())));
        }
        return claims;
    }

    /** Of a form that stands for many it is found once; equal ones are one object. */
    private LifelogSource source(Portion portion, Values values) {
        if (portion.sums().isEmpty()) {
            return read(portion, values.raw());
        }
        return known.computeIfAbsent(values.raw(), raw -> read(portion, raw));
    }

    private LifelogSource read(Portion portion, JsonNode raw) {
        LifelogSource source = LifelogSource.of(portion.form().source().namespace(), raw);
        return Objects.requireNonNull(sources.computeIfAbsent(source, first -> first));
    }

    private static long from(Portion portion) {
        DataTime time = portion.time();
        return time.from() == null ? Long.MIN_VALUE : micros(time.from());
    }

    private static long to(Portion portion) {
        DataTime time = portion.time();
        return time.to() == null ? Long.MAX_VALUE : micros(time.to());
    }

    private static long micros(java.time.Instant instant) {
        return instant.getEpochSecond() * MICROS + instant.getNano() / 1_000;
    }
}
