package phr.gateway.ingest.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.Issue;
import phr.gateway.record.choice.LifelogSource;

/**
 * The order that the person wants.
 *
 * @param priority by metric, ids of its sources, each once
 */
record OrderBody(@Nullable Map<String, @Nullable List<@Nullable String>> priority) {

    /** Names that no metric could have are not repeated. */
    private static final Pattern METRIC = Pattern.compile("[a-z][a-z0-9-]{0,40}");

    /**
     * The sources in this order.
     *
     * @throws phr.fhir.failure.FailureException MALFORMED without an order, INVALID when anything in it is unknown, doubled or missing;
     *     each with its place
     */
    Map<String, List<LifelogSource>> among(Sources sources) {
        if (priority == null) {
            throw Failure.of(Category.MALFORMED, "SRC-1", "the order is missing", "/priority")
                    .exception();
        }
        List<Issue> issues = new ArrayList<>();
        Map<String, List<LifelogSource>> order = new HashMap<>();
        new TreeMap<>(priority).forEach((metric, ids) -> {
            String place = METRIC.matcher(metric).matches() ? "/priority/" + metric : "/priority/…";
            List<LifelogSource> known = sources.order(metric);
            if (known.isEmpty()) {
                issues.add(error("SRC-2", "no source of yours has measured this, or none is chosen for it", place));
            } else if (ids == null) {
                issues.add(error("SRC-1", "the order is missing", place));
            } else {
                order.put(metric, ordered(place, ids, known, sources, issues));
            }
        });
        if (!issues.isEmpty()) {
            throw new Failure(Category.INVALID, issues).exception();
        }
        return order;
    }

    private static List<LifelogSource> ordered(
            String place, List<@Nullable String> ids, List<LifelogSource> known, Sources sources, List<Issue> issues) {
        Map<String, LifelogSource> byId = known.stream().collect(Collectors.toMap(sources::id, Function.identity()));
        List<LifelogSource> order = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            LifelogSource source = byId.get(String.valueOf(ids.get(i)));
            if (source == null) {
                issues.add(error("SRC-3", "no source of yours for this metric", place + "/" + i));
            } else if (order.contains(source)) {
                issues.add(error("SRC-4", "the source stands here twice", place + "/" + i));
            } else {
                order.add(source);
            }
        }
        if (issues.isEmpty() && order.size() < known.size()) {
            issues.add(error("SRC-4", "each of your sources must stand here once", place));
        }
        return order;
    }

    private static Issue error(String rule, String text, String place) {
        return Issue.error(Category.INVALID.issueCode(), rule, text, place);
    }
}
