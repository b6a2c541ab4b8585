package phr.gateway.authorities;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.consent.directive.Window;
import phr.consent.lifecourse.Authority;
import phr.fhir.facts.PhrCategory;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/**
 * Who shall act for whom.
 *
 * @param kind of consent-semantics.md §9
 * @param person over whom; missing = the caller herself
 * @param holder of the operator only
 * @param activation {@code AT_ONCE} or {@code ON_CAPACITY_LOST}; missing = AT_ONCE
 * @param validUntil exclusive, ISO 8601 with offset
 */
record ClaimBody(
        @Nullable String kind,
        @Nullable String person,
        @Nullable String holder,
        @Nullable String activation,
        @Nullable ScopeBody scope,
        @Nullable String validUntil) {

    /** What the proxy may do; a missing member means everything. */
    record ScopeBody(
            @Nullable List<String> categories,
            @Nullable List<String> purposes,
            @Nullable List<String> actions,
            @Nullable Boolean mayGrant) {

        static ScopeBody of(Authority.Scope scope) {
            return new ScopeBody(
                    sorted(scope.categories()),
                    sorted(scope.purposes()),
                    scope.actions() == null
                            ? null
                            : scope.actions().stream()
                                    .map(Action::code)
                                    .sorted()
                                    .toList(),
                    scope.mayGrant());
        }

        private static @Nullable List<String> sorted(@Nullable Set<String> values) {
            return values == null ? null : values.stream().sorted().toList();
        }
    }

    Authority.Kind kindOrFail() {
        return Arrays.stream(Authority.Kind.values())
                .filter(value -> value.name().equals(kind))
                .findFirst()
                .orElseThrow(() -> invalid("a kind of authority is required", "/kind"));
    }

    Authority.Activation activationOrFail() {
        return Arrays.stream(Authority.Activation.values())
                .filter(value -> value.name().equals(activation == null ? "AT_ONCE" : activation))
                .findFirst()
                .orElseThrow(() -> invalid("AT_ONCE or ON_CAPACITY_LOST", "/activation"));
    }

    Authority.Scope scopeOrFail() {
        if (scope == null) {
            return Authority.Scope.ALL;
        }
        Set<String> categories = scope.categories() == null ? null : Set.copyOf(scope.categories());
        Set<String> known =
                Arrays.stream(PhrCategory.values()).map(PhrCategory::code).collect(Collectors.toSet());
        if (categories != null && !known.containsAll(categories)) {
            throw invalid("an unknown category", "/scope/categories");
        }
        return new Authority.Scope(
                categories,
                scope.purposes() == null ? null : Set.copyOf(scope.purposes()),
                actions(scope.actions()),
                scope.mayGrant() == null || scope.mayGrant());
    }

    Window validity() {
        return new Window(
                null, Optional.ofNullable(validUntil).map(ClaimBody::instant).orElse(null));
    }

    private static @Nullable Set<Action> actions(@Nullable List<String> codes) {
        if (codes == null) {
            return null;
        }
        Set<Action> actions = Arrays.stream(Action.values())
                .filter(action -> codes.contains(action.code()))
                .collect(Collectors.toSet());
        if (actions.size() != Set.copyOf(codes).size()) {
            throw invalid("an unknown action", "/scope/actions");
        }
        return actions;
    }

    private static Instant instant(String text) {
        return Moments.parse(text, "/validUntil");
    }

    private static RuntimeException invalid(String text, String pointer) {
        return Failure.of(Category.INVALID, "authority", text, pointer).exception();
    }
}
