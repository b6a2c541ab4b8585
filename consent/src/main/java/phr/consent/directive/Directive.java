package phr.consent.directive;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a person about her data (consent-semantics.md §4.1, native form §16.4). Never edited: new content is a new version.
 *
 * @param id empty while it is a draft
 * @param phase null: LIFE in a permit, both in a deny
 * @param emergency of a deny; null in a permit
 */
public record Directive(
        String id,
        int version,
        State state,
        Effect effect,
        @Nullable Phase phase,
        Elements base,
        List<ExceptionClause> exceptions,
        List<Condition> conditions,
        @Nullable Emergency emergency,
        Grantor grantor) {

    public Directive {
        exceptions = List.copyOf(exceptions);
        conditions = List.copyOf(conditions);
    }

    /** An active permit of the person. */
    public static Directive permit(String id, Elements base, ExceptionClause... exceptions) {
        return new Directive(
                id, 1, State.ACTIVE, Effect.PERMIT, null, base, List.of(exceptions), List.of(), null, Grantor.SELF);
    }

    /** An active deny of the person that no emergency overrides. */
    public static Directive deny(String id, Elements base, ExceptionClause... exceptions) {
        return new Directive(
                id,
                1,
                State.ACTIVE,
                Effect.DENY,
                null,
                base,
                List.of(exceptions),
                List.of(),
                Emergency.NEVER,
                Grantor.SELF);
    }

    /** What is left of a deny that cannot be read: everything to everybody (CS-9). */
    public static Directive unreadableDeny(String id, int version, State state) {
        return deny(id, Elements.NONE.withGrantees(Grantee.ANY)).as(id, version, state);
    }

    /** Its own elements and those of its exceptions. */
    public Stream<Elements> parts() {
        return Stream.concat(Stream.of(base), exceptions.stream().map(ExceptionClause::elements));
    }

    /** {@code id@version}. */
    public String key() {
        return id + "@" + version;
    }

    public Directive as(String newId, int newVersion, State newState) {
        return new Directive(
                newId, newVersion, newState, effect, phase, base, exceptions, conditions, emergency, grantor);
    }

    public Directive withConditions(Condition... values) {
        return new Directive(id, version, state, effect, phase, base, exceptions, List.of(values), emergency, grantor);
    }

    public Directive withBase(Elements elements) {
        return new Directive(id, version, state, effect, phase, elements, exceptions, conditions, emergency, grantor);
    }

    public Directive withEmergency(Emergency answer) {
        return new Directive(id, version, state, effect, phase, base, exceptions, conditions, answer, grantor);
    }
}
