package phr.gateway.record;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import phr.consent.Permit;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;
import phr.gateway.audit.Tally;

/**
 * A search kept as text and asked again about what was stored (FHIR R4 {@code Subscription.criteria}): {@code
 * Type?patient=id&...} with the parameters that narrow a search of the type, of exactly one person.
 */
public final class Criteria {

    private static final String ELEMENT = "Subscription.criteria";
    private static final int LONGEST = 2000;

    /** They shape an answer and select nothing. */
    private static final Set<String> CONTROLS = Set.of("_count", "_cursor", "_dense", "_format", "_sort");

    private final SearchParameters search;

    private Criteria(SearchParameters search) {
        this.search = search;
    }

    /**
     * @throws FailureException INVALID, located at {@code Subscription.criteria}; it names parameters, never their values
     */
    public static Criteria parse(String text) {
        int mark = text.indexOf('?');
        SearchedType type = SearchedType.of(mark < 0 ? "" : text.substring(0, mark))
                .orElseThrow(
                        () -> refused("not-supported", "SUB-1", "[type]?[parameters] of a searched type expected"));
        Map<String, List<String>> query = query(text.substring(mark + 1));
        query.keySet().stream()
                .filter(name -> CONTROLS.contains(name) || Wanted.PARAMETERS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw refused("not-supported", "SRCH-1", "parameter " + name + " selects nothing");
                });
        try {
            return new Criteria(SearchParameters.parse(type, query));
        } catch (FailureException e) {
            throw new Failure(
                            Category.INVALID,
                            e.failure().issues().stream().map(Criteria::located).toList())
                    .exception();
        }
    }

    private static Issue located(Issue issue) {
        String parameter =
                issue.expressions().isEmpty() ? "" : issue.expressions().get(0).replaceFirst("^http\\.?", "");
        String text = parameter.isEmpty() ? issue.text() : parameter + ": " + issue.text();
        return Issue.error(issue.code(), issue.rule(), text, ELEMENT);
    }

    private static Map<String, List<String>> query(String text) {
        if (text.length() > LONGEST) {
            throw refused("too-long", "SUB-1", "at most " + LONGEST + " characters expected");
        }
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            int is = pair.indexOf('=');
            if (is < 1) {
                throw refused("invalid", "SUB-1", "name=value, joined by &, expected");
            }
            query.computeIfAbsent(decoded(pair.substring(0, is)), name -> new ArrayList<>())
                    .add(decoded(pair.substring(is + 1)));
        }
        return query;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw refused("invalid", "SUB-1", "percent-encoding cannot be read");
        }
    }

    private static FailureException refused(String code, String rule, String text) {
        return new Failure(Category.INVALID, List.of(Issue.error(code, rule, text, ELEMENT))).exception();
    }

    /** FHIR type that is searched. */
    public String type() {
        return search.type().type();
    }

    /** The person, by the id that the author of the criteria knows. */
    public String patient() {
        return search.patient().toString();
    }

    /** Whether {@link #among} would find any. */
    public boolean finds(RecordStore store, Permit permit, Collection<UUID> ids) {
        Set<String> references = among(ids);
        if (references.isEmpty()) {
            return false;
        }
        Rendering rendering = new Rendering();
        try (Results results = store.search(permit, query(references))) {
            while (results.hasNext()) {
                if (rendering.render(results.next()).isPresent()) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Those of the resources that the criteria select and the permit lets through, in the order of their storage, as a search
     * would show them.
     *
     * @param patient id by which the holder of the permit knows the person
     */
    public List<Match> among(RecordStore store, Permit permit, String patient, Collection<UUID> ids, Tally tally) {
        Set<String> references = among(ids);
        List<Match> matches = new ArrayList<>();
        if (references.isEmpty()) {
            return matches;
        }
        Visible visible = Visible.of(permit, patient);
        Rendering rendering = new Rendering();
        try (Results results = store.search(permit, query(references))) {
            while (results.hasNext()) {
                Entry entry = results.next();
                rendering.render(entry).ifPresent(json -> {
                    tally.add(entry.type(), entry.id(), entry.version(), entry.categories(), entry.json());
                    matches.add(new Match(entry.type(), entry.id(), visible.in(json)));
                });
            }
        }
        return matches;
    }

    private Set<String> among(Collection<UUID> ids) {
        return ids.stream()
                .map(UUID::toString)
                .filter(id -> search.ids().isEmpty() || search.ids().contains(id))
                .map(id -> type() + "/" + id)
                .collect(Collectors.toSet());
    }

    private Query query(Set<String> references) {
        return new Query(
                Set.of(type()),
                references,
                Set.of(),
                search.tokens(),
                search.dates(),
                search.updated(),
                search.values(),
                DenseView.EACH,
                Query.Order.UPDATED_FIRST,
                0,
                null);
    }
}
