package phr.consent.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.CanonicalJson;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveReader;
import phr.consent.directive.Effect;
import phr.consent.directive.Elements;
import phr.consent.directive.Grantor;
import phr.consent.directive.State;
import phr.consent.directive.Window;
import phr.fhir.PersonId;
import phr.fhir.Sha256;
import phr.fhir.failure.FailureException;

/** The rows of one person, folded into states as far as they were known at some time. */
final class History {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final List<DirectiveVersion> versions;
    private final Map<UUID, List<Event>> events;

    /**
     * @param known rows recorded later are left out
     */
    History(List<DirectiveVersion> versions, List<DirectiveEvent> events, Instant known) {
        this.versions =
                versions.stream().filter(row -> !row.recordedAt.isAfter(known)).toList();
        this.events = events.stream()
                .filter(row -> !row.recordedAt.isAfter(known))
                .collect(Collectors.groupingBy(
                        row -> row.directiveId,
                        Collectors.mapping(
                                DirectiveEvent::event,
                                Collectors.collectingAndThen(Collectors.toList(), History::inOrder))));
    }

    /** The current version of every directive, oldest first, in its state at that time. */
    List<Recorded> current(Instant at) {
        return versions.stream()
                .filter(row -> row.number == version(row.directiveId))
                .map(row -> recorded(row, at))
                .toList();
    }

    /** Every version, oldest first; older ones are superseded. */
    List<Recorded> all(Instant at) {
        return versions.stream().map(row -> recorded(row, at)).toList();
    }

    Optional<Recorded> current(UUID directive, Instant at) {
        return versions.stream()
                .filter(row -> row.directiveId.equals(directive))
                .max(Comparator.comparingInt(row -> row.number))
                .map(row -> recorded(row, at));
    }

    private int version(UUID directive) {
        List<Event> own = events(directive);
        return own.get(own.size() - 1).version();
    }

    private Recorded recorded(DirectiveVersion row, Instant at) {
        return new Recorded(
                new PersonId(row.personId),
                directive(row, state(row, at)),
                row.recordedAt,
                row.recordedBy,
                row.grantorId,
                CollectionMethod.valueOf(row.collectionMethod),
                new Notice(row.policyTextId, row.policyTextVersion, row.language, Sha256.from(row.policyTextSha256)),
                Sha256.from(row.bodySha256),
                events.getOrDefault(row.directiveId, List.of()),
                List.of());
    }

    /** What time alone ends is computed at the time of reading, never written (§10.1). */
    private State state(DirectiveVersion row, Instant at) {
        List<Event> own = events(row.directiveId);
        if (own.get(own.size() - 1).version() != row.number) {
            return State.SUPERSEDED;
        }
        return Lapse.of(fold(own, row.number), since(own, row.number), row.validTo, at);
    }

    /** When the version came into the state it is in. */
    private static Instant since(List<Event> events, int version) {
        return events.stream()
                .filter(event -> event.version() == version && event.type().decides())
                .reduce((first, second) -> second)
                .map(Event::recordedAt)
                .orElse(Instant.EPOCH);
    }

    /** State of one version. */
    static State fold(List<Event> events, int version) {
        State state = State.PROPOSED;
        for (Event event : events) {
            state = event.version() == version ? event.type().after(state) : state;
        }
        return state;
    }

    private List<Event> events(UUID directive) {
        List<Event> own = events.getOrDefault(directive, List.of());
        if (own.isEmpty()) {
            throw new IllegalStateException("a directive version without event");
        }
        return own;
    }

    /** What cannot be read, or is not what was hashed, is no permit, and a deny of everything (CS-9). */
    static Directive directive(DirectiveVersion row, State state) {
        String id = row.directiveId.toString();
        try {
            JsonNode body = MAPPER.readTree(row.body);
            if (Arrays.equals(Sha256.of(CanonicalJson.bytes(body)).bytes(), row.bodySha256)) {
                Directive read = DirectiveReader.read(body).as(id, row.number, state);
                return dated(read, row);
            }
        } catch (JsonProcessingException | FailureException e) {
            return unreadable(row, id, state);
        }
        return unreadable(row, id, state);
    }

    private static Directive unreadable(DirectiveVersion row, String id, State state) {
        return row.effect.equals(Effect.PERMIT.name())
                ? Directive.permit(id, Elements.NONE).as(id, row.number, state)
                : Directive.unreadableDeny(id, row.number, state);
    }

    private static Directive dated(Directive directive, DirectiveVersion row) {
        Window validity = window(row.validFrom, row.validTo);
        Grantor grantor = new Grantor(Grantor.Capacity.valueOf(row.grantorCapacity), row.authorityId);
        return new Directive(
                directive.id(),
                directive.version(),
                directive.state(),
                Effect.valueOf(row.effect),
                directive.phase(),
                directive.base().withValidity(validity),
                directive.exceptions(),
                directive.conditions(),
                directive.emergency(),
                grantor);
    }

    private static @Nullable Window window(@Nullable Instant from, @Nullable Instant until) {
        return from == null && until == null ? null : new Window(from, until);
    }

    private static List<Event> inOrder(List<Event> events) {
        return events.stream().sorted(Comparator.comparingInt(Event::seq)).toList();
    }
}
