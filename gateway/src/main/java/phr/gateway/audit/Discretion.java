package phr.gateway.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import phr.consent.authority.OwnSphere;
import phr.fhir.catalogue.Catalogue;

/**
 * Which entries of the access log a guardian does not see, because they are about what the young person decides alone
 * (consent-semantics.md §11): data of her own categories were handed out or came in, or nobody can tell that they were not; they come from
 * nothing but a consent or a question that is hidden from him; or they are of somebody whom only such consents and questions name, also in
 * vain. An opened emergency he is told of, and sees. Hidden consents that allowed an access beside others are not named.
 *
 * <p>Lists leave hidden entries out, and the numbers go on; the export shows their hashes, so that its chain closes; verifying covers all.
 */
public final class Discretion {

    /** Hides nothing. */
    static final Discretion NONE = new Discretion(OwnSphere.NONE, Set.of(), Set.of(), Set.of());

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String AUTHORITY = "Authority/";
    private static final Set<String> TOLD = Set.of("BTG");
    private static final Set<String> INCOMING = Set.of("contribute");

    private final OwnSphere own;
    private final Set<String> hidden;
    private final Set<String> known;
    private final Set<String> parties;

    /**
     * @param hidden keys of the directives and requests that are hidden, as entries name them
     * @param known keys of those that are not
     * @param parties organisations and applications that only the hidden ones name
     */
    Discretion(OwnSphere own, Set<String> hidden, Set<String> known, Set<String> parties) {
        this.own = own;
        this.hidden = Set.copyOf(hidden);
        this.known = Set.copyOf(known);
        this.parties = Set.copyOf(parties);
    }

    boolean none() {
        return own.empty();
    }

    /** As far as it may be shown; empty when it is hidden. */
    public Optional<AccessRecord> shown(AccessRecord access) {
        boolean hides = hides(
                new Act(access.organisation(), access.app(), access.action(), access.permitted(), access.purposes()),
                access.directives(),
                access.detail(),
                access.delivered());
        return hides ? Optional.empty() : Optional.of(access.withDirectives(told(access.directives())));
    }

    /** Of the directives that an entry names, those that may be named. */
    List<String> told(List<String> directives) {
        return directives.stream().filter(key -> !hidden.contains(key)).toList();
    }

    /** Whether the entry may be shown in all its fields. */
    boolean showsWhole(AuditEntry entry, @Nullable String delivered) {
        return !hides(entry, delivered) && told(entry.directives()).equals(entry.directives());
    }

    /** @param delivered canonical JSON of what was streamed; null when nothing was, or its end is not known */
    boolean hides(AuditEntry entry, @Nullable String delivered) {
        boolean permitted = entry.outcome().equals(AccessEvent.Outcome.PERMIT.name());
        return hides(
                new Act(entry.organisation(), entry.app(), entry.action(), permitted, entry.purposes()),
                entry.directives(),
                entry.detail(),
                delivered);
    }

    private record Act(
            @Nullable String organisation, String app, String action, boolean permitted, List<String> purposes) {

        /** About a consent or a question itself. */
        boolean record() {
            return action.equals("consent") || action.equals("notice");
        }

        boolean of(Set<String> parties) {
            return parties.contains(app) || organisation != null && parties.contains(organisation);
        }
    }

    private boolean hides(Act act, List<String> directives, @Nullable String detail, @Nullable String delivered) {
        if (none()) {
            return false;
        }
        JsonNode facts = json(detail);
        return act.record() && !directives.stream().allMatch(this::known)
                || onlyHidden(directives)
                || act.of(parties) && !TOLD.equals(Set.copyOf(act.purposes()))
                || facts.path("later").asBoolean() && delivered == null
                || about(act, delivered == null ? facts.path("items") : json(delivered));
    }

    private boolean known(String key) {
        return known.contains(key) || key.startsWith(AUTHORITY);
    }

    private boolean onlyHidden(List<String> directives) {
        List<String> grounds =
                directives.stream().filter(key -> !key.startsWith(AUTHORITY)).toList();
        return !grounds.isEmpty() && hidden.containsAll(grounds);
    }

    /** Counts that name a category of hers, or that hold what is in no category at all. */
    private boolean about(Act act, JsonNode items) {
        Set<String> categories = new TreeSet<>();
        items.path("categories").fieldNames().forEachRemaining(categories::add);
        boolean incoming = INCOMING.contains(act.action());
        long explained = 0;
        for (Map.Entry<String, JsonNode> type : items.path("types").properties()) {
            boolean original = type.getKey().equals("Binary");
            if (original && !incoming) {
                return true;
            }
            explained += original || Catalogue.supporting(type.getKey())
                    ? type.getValue().asLong()
                    : 0;
        }
        long untold = items.path("categories").path(Tally.NO_CATEGORY).asLong();
        return own.holds(categories) || untold > explained;
    }

    private static JsonNode json(@Nullable String text) {
        try {
            return text == null ? MissingNode.getInstance() : MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored detail is JSON", e);
        }
    }
}
