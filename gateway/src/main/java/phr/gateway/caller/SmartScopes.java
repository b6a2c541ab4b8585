package phr.gateway.caller;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import phr.consent.Predicate;

/**
 * The SMART on FHIR scopes of a token (v1 {@code .read .write .*}, v2 {@code .cruds} with {@code ?category=}). They only take
 * away: a scope that is not understood in full counts for nothing.
 *
 * <p>{@code patient/} and {@code user/} scopes speak for users, {@code system/} scopes for systems.
 */
public final class SmartScopes {

    private final List<SmartScope> scopes;

    private SmartScopes(List<SmartScope> scopes) {
        this.scopes = List.copyOf(scopes);
    }

    public static SmartScopes of(Caller caller) {
        return new SmartScopes(caller.scopes().stream()
                .sorted()
                .map(SmartScope::parse)
                .flatMap(Optional::stream)
                .filter(scope -> scope.system() == caller.system())
                .toList());
    }

    /**
     * The rows that the scopes leave to the interaction.
     *
     * @param types the interaction is about; empty = any
     * @return empty when no scope allows the interaction at all
     */
    public Optional<Predicate> narrowing(Interaction interaction, Set<String> types) {
        List<Predicate> allowed = scopes.stream()
                .filter(scope -> scope.allows(interaction))
                .filter(scope -> types.isEmpty() || scope.anyType() || types.contains(scope.type()))
                .map(SmartScope::rows)
                .distinct()
                .toList();
        if (allowed.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(allowed.contains(Predicate.ALWAYS) ? Predicate.ALWAYS : new Predicate.Any(allowed));
    }
}
