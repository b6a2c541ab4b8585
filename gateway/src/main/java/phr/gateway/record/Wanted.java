package phr.gateway.record;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a search answer carries beside the matches (FHIR R4 search §3.1.1.5).
 *
 * @param resources false for {@code _summary=count}: the total only
 * @param total the exact number of permitted matches
 * @param include references to follow from the matches
 * @param revinclude references that lead to the matches
 */
record Wanted(boolean resources, boolean total, List<Inclusion> include, List<Inclusion> revinclude) {

    static final Wanted MATCHES = new Wanted(true, false, List.of(), List.of());

    /** Parameters it reads. */
    static final Set<String> PARAMETERS = Set.of("_summary", "_total", "_include", "_revinclude");

    private static final Set<String> TOTALS = Set.of("none", "estimate", "accurate");

    Wanted {
        include = List.copyOf(include);
        revinclude = List.copyOf(revinclude);
    }

    boolean inclusions() {
        return !include.isEmpty() || !revinclude.isEmpty();
    }

    /** @throws phr.fhir.failure.FailureException MALFORMED, located at the parameter */
    static Wanted parse(String type, Map<String, List<String>> query) {
        String summary = SearchParameters.single(query, "_summary");
        if (summary != null && !summary.equals("count") && !summary.equals("false")) {
            throw BadParameter.malformed("_summary", "count or false expected");
        }
        String total = SearchParameters.single(query, "_total");
        if (total != null && !TOTALS.contains(total)) {
            throw BadParameter.malformed("_total", "none, estimate or accurate expected");
        }
        boolean count = "count".equals(summary);
        boolean counted = count || total != null && !total.equals("none");
        return new Wanted(!count, counted, inclusions("_include", type, query), inclusions("_revinclude", null, query));
    }

    private static List<Inclusion> inclusions(String name, @Nullable String type, Map<String, List<String>> query) {
        return query.getOrDefault(name, List.of()).stream()
                .map(value -> Inclusion.parse(value)
                        .filter(inclusion -> type == null || inclusion.type().equals(type))
                        .orElseThrow(() ->
                                BadParameter.malformed(name, "[type]:[reference parameter] of the table expected")))
                .distinct()
                .toList();
    }
}
