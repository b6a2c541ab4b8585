package phr.gateway.record;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.gateway.record.Query.DateFilter;
import phr.gateway.record.Query.Order;
import phr.gateway.record.Query.TokenFilter;

/**
 * A search as asked, read strictly: what is not known is refused, nothing is ignored.
 *
 * @param patient id as the caller knows the person
 * @param ids logical ids; empty = any
 * @param dense how dense samples are seen
 * @param count page size
 * @param cursor where to go on, opaque
 */
record SearchParameters(
        SearchedType type,
        UUID patient,
        Set<String> ids,
        List<TokenFilter> tokens,
        List<DateFilter> dates,
        List<DateFilter> updated,
        List<QuantityFilter> values,
        DenseView dense,
        Order order,
        int count,
        Wanted wanted,
        @Nullable String cursor,
        Map<String, List<String>> asked) {

    static final int COUNT = 50;
    static final int MOST = 1000;
    static final Map<String, Order> ORDERS = Map.of(
            "date", Order.OLDEST,
            "-date", Order.NEWEST,
            "_id", Order.ID,
            "_lastUpdated", Order.UPDATED_FIRST,
            "-_lastUpdated", Order.UPDATED_LAST);

    static final String DENSE = "_dense";
    private static final String NOT = ":not";
    private static final Set<String> CONTROLS = Set.of("_count", "_cursor", "_format", "_id", "_sort");
    private static final Set<String> FORMATS = Set.of("json", "application/json", "application/fhir+json");

    /** @throws phr.fhir.failure.FailureException MALFORMED, located at the parameter */
    static SearchParameters parse(SearchedType type, Map<String, List<String>> query) {
        List<TokenFilter> tokens = new ArrayList<>();
        List<DateFilter> dates = new ArrayList<>();
        List<DateFilter> updated = new ArrayList<>();
        List<QuantityFilter> quantities = new ArrayList<>();
        new TreeMap<>(query).forEach((name, values) -> {
            if (type.tokens().contains(plain(name))) {
                values.forEach(value -> tokens.add(TokenParameter.parse(plain(name), value, name.endsWith(NOT))));
            } else if (type.coded().contains(name)) {
                values.forEach(value -> tokens.add(ValueSetParameter.parse(name, value)));
            } else if (name.equals(type.date())) {
                values.forEach(value -> dates.add(DateParameter.parse(name, value)));
            } else if (name.equals(type.quantity())) {
                values.forEach(value -> quantities.add(QuantityParameter.parse(name, value)));
            } else if (name.equals("_lastUpdated")) {
                values.forEach(value -> updated.add(DateParameter.parse(name, value)));
            } else if (!CONTROLS.contains(name)
                    && !Wanted.PARAMETERS.contains(name)
                    && !type.people().contains(name)
                    && !(name.equals(DENSE) && type == SearchedType.OBSERVATION)) {
                throw BadParameter.unknown(name);
            }
        });
        format(query);
        return new SearchParameters(
                type,
                patient(type, query),
                ids(query),
                tokens,
                dates,
                updated,
                quantities,
                dense(query, type, quantities),
                order(type, query),
                count(query, COUNT),
                Wanted.parse(type.type(), query),
                single(query, "_cursor"),
                query);
    }

    private static DenseView dense(
            Map<String, List<String>> query, SearchedType type, List<QuantityFilter> quantities) {
        DenseView dense = type == SearchedType.OBSERVATION ? dense(query, DenseView.EACH) : DenseView.EACH;
        if (dense.sampled() && !quantities.isEmpty()) {
            throw BadParameter.malformed(DENSE, "each expected: a value is sought in each sample");
        }
        return dense;
    }

    /** Which view of dense samples is asked for (lifelog.md §5). */
    static DenseView dense(Map<String, List<String>> query, DenseView otherwise) {
        String value = single(query, DENSE);
        return value == null
                ? otherwise
                : DenseView.of(value)
                        .orElseThrow(() -> BadParameter.malformed(DENSE, "each, sampled or hourly expected"));
    }

    private static String plain(String name) {
        return name.endsWith(NOT) ? name.substring(0, name.length() - NOT.length()) : name;
    }

    private static Set<String> ids(Map<String, List<String>> query) {
        String value = single(query, "_id");
        if (value == null) {
            return Set.of();
        }
        Set<String> ids = Set.copyOf(List.of(value.split(",", -1)));
        if (!ids.stream().allMatch(id -> id.matches("[A-Za-z0-9.-]{1,64}"))) {
            throw BadParameter.malformed("_id", "logical ids separated by commas expected");
        }
        return ids;
    }

    private static Order order(SearchedType type, Map<String, List<String>> query) {
        String value = single(query, "_sort");
        Order order = value == null ? Order.NEWEST : ORDERS.get(value);
        if (order == null || value != null && value.endsWith("date") && type.date() == null) {
            throw BadParameter.malformed("_sort", "one of date, -date, _id, _lastUpdated, -_lastUpdated expected");
        }
        return order;
    }

    /** The page size; {@code otherwise} when none is asked for. */
    static int count(Map<String, List<String>> query, int otherwise) {
        String value = single(query, "_count");
        if (value == null) {
            return otherwise;
        }
        if (!value.matches("[1-9]\\d{0,3}") || Integer.parseInt(value) > MOST) {
            throw BadParameter.malformed("_count", "a number from 1 to " + MOST + " expected");
        }
        return Integer.parseInt(value);
    }

    /** The answer is always JSON; another format is refused. */
    static void format(Map<String, List<String>> query) {
        String format = single(query, "_format");
        if (format != null && !FORMATS.contains(format.replace(' ', '+'))) {
            throw BadParameter.malformed("_format", "only application/fhir+json is spoken here");
        }
    }

    /** The value of a parameter that may stand once. */
    static @Nullable String single(Map<String, List<String>> query, String name) {
        List<String> values = query.getOrDefault(name, List.of());
        if (values.size() > 1 || (values.size() == 1 && values.get(0).isBlank())) {
            throw BadParameter.missing(name);
        }
        return values.isEmpty() ? null : values.get(0);
    }

    private static UUID patient(SearchedType type, Map<String, List<String>> query) {
        List<String> named = type.people().stream().filter(query::containsKey).toList();
        String name = named.size() == 1 ? named.get(0) : "patient";
        String value = named.size() == 1 ? single(query, name) : null;
        if (value == null) {
            throw BadParameter.missing(name);
        }
        return personIn(name, value.startsWith("Patient/") ? value.substring("Patient/".length()) : value);
    }

    private static UUID personIn(String name, String value) {
        return ResourceId.parse(value).orElseThrow(() -> BadParameter.malformed(name, "Patient/[id] or [id] expected"));
    }

    /** {@code Type/id}; empty = any. */
    Set<String> references() {
        return ids.stream().map(id -> type.type() + "/" + id).collect(Collectors.toSet());
    }

    /** What to ask the store for. */
    Query query(@Nullable Position after) {
        return new Query(
                Set.of(type.type()),
                references(),
                Set.of(),
                tokens,
                dates,
                updated,
                values,
                dense,
                order,
                count,
                after);
    }

    /** The same search as relative address, going on at the cursor. */
    String address(@Nullable String at) {
        return type.type() + "?" + encoded(asked, at);
    }

    /** Parameters in the order of their names, {@code _cursor} replaced. */
    static String encoded(Map<String, List<String>> asked, @Nullable String at) {
        Map<String, List<String>> parts = new TreeMap<>(asked);
        parts.remove("_cursor");
        if (at != null) {
            parts.put("_cursor", List.of(at));
        }
        List<String> pairs = new ArrayList<>();
        parts.forEach((name, values) ->
                values.forEach(value -> pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8))));
        return String.join("&", pairs);
    }
}
