package phr.gateway.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.gateway.record.Query.Order;
import phr.gateway.record.Query.TokenFilter;

/**
 * What an operation reads of one type, page by page: the parameters of a search that select, {@code _count} and {@code _cursor}.
 * Newest first.
 */
public final class PagedSearch {

    /** They shape the answer of a search, and an operation has another. */
    private static final Set<String> OTHERS = Set.of("_sort", SearchParameters.DENSE);

    private final SearchParameters search;

    private PagedSearch(SearchParameters search) {
        this.search = search;
    }

    /** @throws phr.fhir.failure.FailureException MALFORMED, located at the parameter */
    public static PagedSearch parse(String type, Map<String, List<String>> query) {
        query.keySet().stream()
                .filter(name -> OTHERS.contains(name) || Wanted.PARAMETERS.contains(name))
                .sorted()
                .forEach(name -> {
                    throw BadParameter.unknown(name);
                });
        return new PagedSearch(SearchParameters.parse(SearchedType.of(type).orElseThrow(), query));
    }

    /** The person, by the id that the caller knows. */
    public String patient() {
        return search.patient().toString();
    }

    /** Where to go on, opaque. */
    public @Nullable String cursor() {
        return search.cursor();
    }

    /** @param besides what must match too */
    public Query query(List<TokenFilter> besides, @Nullable Position after) {
        List<TokenFilter> tokens = new ArrayList<>(search.tokens());
        tokens.addAll(besides);
        return new Query(
                Set.of(search.type().type()),
                search.references(),
                Set.of(),
                tokens,
                search.dates(),
                search.updated(),
                search.values(),
                DenseView.EACH,
                Order.NEWEST,
                search.count(),
                after);
    }

    /** The parameters in a fixed order, going on at the cursor; without one from the beginning. */
    public String parameters(@Nullable String at) {
        return SearchParameters.encoded(search.asked(), at);
    }
}
