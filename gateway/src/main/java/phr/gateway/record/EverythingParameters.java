package phr.gateway.record;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phr.gateway.record.Query.DateFilter;
import phr.gateway.record.Query.Order;

/**
 * Parameters of {@code Patient/[id]/$everything}.
 *
 * @param types empty = all
 * @param since conditions on the time of the last version
 * @param dense how dense samples are seen
 * @param count page size; 0 = everything in one answer
 */
record EverythingParameters(
        UUID patient,
        Set<String> types,
        List<DateFilter> since,
        DenseView dense,
        int count,
        @Nullable String cursor,
        Map<String, List<String>> asked) {

    private static final Set<String> KNOWN =
            Set.of("_count", SearchParameters.DENSE, "_type", "_cursor", "_format", "_since");
    private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z]{2,39}");

    /** @throws phr.fhir.failure.FailureException MALFORMED, located at the parameter */
    static EverythingParameters parse(UUID patient, Map<String, List<String>> query) {
        query.keySet().stream().filter(name -> !KNOWN.contains(name)).sorted().forEach(name -> {
            throw BadParameter.unknown(name);
        });
        SearchParameters.format(query);
        return new EverythingParameters(
                patient,
                types(SearchParameters.single(query, "_type")),
                since(SearchParameters.single(query, "_since")),
                SearchParameters.dense(query, DenseView.SAMPLED),
                SearchParameters.count(query, 0),
                SearchParameters.single(query, "_cursor"),
                query);
    }

    private static Set<String> types(@Nullable String value) {
        if (value == null) {
            return Set.of();
        }
        List<String> types = List.of(value.split(",", -1));
        if (!types.stream().allMatch(type -> TYPE.matcher(type).matches())) {
            throw BadParameter.malformed("_type", "resource types separated by commas expected");
        }
        return Set.copyOf(types);
    }

    private static List<DateFilter> since(@Nullable String value) {
        return value == null ? List.of() : List.of(DateParameter.parse("_since", "ge" + value));
    }

    Query query(@Nullable Position after) {
        return new Query(
                types, Set.of(), Set.of(), List.of(), List.of(), since, List.of(), dense, Order.NEWEST, count, after);
    }

    /** The same call as relative address, going on at the cursor. */
    String address(@Nullable String at) {
        String parameters = SearchParameters.encoded(asked, at);
        return "Patient/" + patient + "/$everything" + (parameters.isEmpty() ? "" : "?" + parameters);
    }
}
