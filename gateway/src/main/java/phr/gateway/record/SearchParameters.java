package phr.gateway.record;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.gateway.record.Query.DateFilter;
import phr.gateway.record.Query.TokenFilter;

/**
 * A search as asked, read strictly: what is not known is refused, nothing is ignored.
 *
 * @param patient id as the caller knows the person
 * @param count page size
 * @param cursor where to go on, opaque
 */
record SearchParameters(
        SearchedType type,
        UUID patient,
        List<TokenFilter> tokens,
        List<DateFilter> dates,
        int count,
        @Nullable String cursor,
        Map<String, List<String>> asked) {

    static final int COUNT = 50;
    static final int MOST = 1000;
    private static final Set<String> FORMATS = Set.of("json", "application/json", "application/fhir+json");

    /** @throws phr.fhir.failure.FailureException MALFORMED, located at the parameter */
    static SearchParameters parse(SearchedType type, Map<String, List<String>> query) {
        List<TokenFilter> tokens = new ArrayList<>();
        List<DateFilter> dates = new ArrayList<>();
        new TreeMap<>(query).forEach((name, values) -> {
            if (type.tokens().contains(name)) {
                values.forEach(value -> tokens.add(TokenParameter.parse(name, value)));
            } else if (name.equals("date")) {
                values.forEach(value -> dates.add(DateParameter.parse(name, value)));
            } else if (!Set.of("patient", "subject", "_count", "_cursor", "_format")
                    .contains(name)) {
                throw BadParameter.unknown(name);
            }
        });
        format(query);
        return new SearchParameters(
                type, patient(query), tokens, dates, count(query, COUNT), single(query, "_cursor"), query);
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

    private static UUID patient(Map<String, List<String>> query) {
        String patient = single(query, "patient");
        String subject = single(query, "subject");
        String name = patient == null && subject != null ? "subject" : "patient";
        if ((patient == null) == (subject == null)) {
            throw BadParameter.missing(name);
        }
        String value = patient != null ? patient : String.valueOf(subject);
        return personIn(name, value.startsWith("Patient/") ? value.substring("Patient/".length()) : value);
    }

    private static UUID personIn(String name, String value) {
        return ResourceId.parse(value).orElseThrow(() -> BadParameter.malformed(name, "Patient/[id] or [id] expected"));
    }

    /** What to ask the store for. */
    Query query(@Nullable Position after) {
        return new Query(Set.of(type.type()), tokens, dates, count, after);
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
