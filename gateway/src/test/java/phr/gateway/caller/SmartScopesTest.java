package phr.gateway.caller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phr.consent.Predicate;

class SmartScopesTest {

    private static final Predicate OBSERVATIONS = new Predicate.In(Predicate.Scalar.TYPE, Set.of("Observation"));
    private static final Predicate LAB = new Predicate.Overlaps(Predicate.SetFact.CATEGORIES, Set.of("lab"), false);

    @ParameterizedTest
    @CsvSource({
        "patient/*.rs, READ SEARCH",
        "patient/*.read, READ SEARCH",
        "user/*.write, CREATE UPDATE DELETE",
        "user/*.*, CREATE READ UPDATE DELETE SEARCH",
        "patient/*.cruds, CREATE READ UPDATE DELETE SEARCH",
        "patient/*.s, SEARCH",
        "patient/*.cu, CREATE UPDATE",
    })
    void each_form_allows_its_interactions_and_no_other(String scope, String interactions) {
        Set<String> allowed = IntStream.range(0, Interaction.values().length)
                .mapToObj(i -> Interaction.values()[i])
                .filter(interaction ->
                        user(scope).narrowing(interaction, Set.of()).isPresent())
                .map(Enum::name)
                .collect(Collectors.toSet());
        assertEquals(Set.of(interactions.split(" ")), allowed);
    }

    @Test
    void a_scope_for_everything_does_not_narrow() {
        assertEquals(Optional.of(Predicate.ALWAYS), user("patient/*.rs").narrowing(Interaction.READ, Set.of()));
    }

    @Test
    void a_scope_for_a_type_narrows_to_it_and_is_silent_about_others() {
        SmartScopes scopes = user("patient/Observation.rs");
        assertEquals(Optional.of(any(OBSERVATIONS)), scopes.narrowing(Interaction.SEARCH, Set.of("Observation")));
        assertEquals(Optional.of(any(OBSERVATIONS)), scopes.narrowing(Interaction.SEARCH, Set.of()));
        assertEquals(Optional.empty(), scopes.narrowing(Interaction.SEARCH, Set.of("Patient")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "patient/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory",
                "patient/Observation.rs?category=http%3A%2F%2Fterminology.hl7.org%2FCodeSystem%2Fobservation-category%7Claboratory",
                "patient/Observation.rs?category=laboratory",
                "patient/Observation.rs?category=https://phr-gateway.example/fhir/CodeSystem/phr-category|lab",
            })
    void a_category_narrows_further(String scope) {
        assertEquals(
                Optional.of(any(new Predicate.All(List.of(OBSERVATIONS, LAB)))),
                user(scope).narrowing(Interaction.SEARCH, Set.of("Observation")));
    }

    @Test
    void several_scopes_add_up() {
        Predicate patients = new Predicate.In(Predicate.Scalar.TYPE, Set.of("Patient"));
        assertEquals(
                Optional.of(any(OBSERVATIONS, patients)),
                user("patient/Patient.r", "patient/Observation.r").narrowing(Interaction.READ, Set.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "openid",
                "patient/*",
                "patient/*.",
                "patient/*.sr",
                "patient/*.rss",
                "patient/*.rs ",
                "Patient/*.rs",
                "patient/observation.rs",
                "patient/Observation.rs?",
                "patient/Observation.rs?code=http://loinc.org|718-7",
                "patient/Observation.rs?category=http://example.org|laboratory",
                "patient/Observation.rs?category=survey",
                "patient/Observation.rs?category=laboratory&date=gt2020",
                "patient/Observation.rs?category=%",
                "patient/Observation.rs&category=laboratory",
                "system/*.rs",
                "launch/patient",
            })
    void what_is_not_understood_allows_nothing(String scope) {
        for (Interaction interaction : Interaction.values()) {
            assertEquals(Optional.empty(), user(scope).narrowing(interaction, Set.of()), scope);
        }
    }

    @Test
    void user_scopes_do_not_speak_for_systems() {
        assertEquals(
                Optional.empty(),
                scopes(true, "user/*.cruds", "patient/*.cruds").narrowing(Interaction.READ, Set.of()));
        assertEquals(
                Optional.of(Predicate.ALWAYS), scopes(true, "system/*.cruds").narrowing(Interaction.READ, Set.of()));
    }

    /** A law: junk behind a scope never makes it allow more than the scope alone. */
    @Test
    void a_mutated_scope_never_widens() {
        long seed = 20260401L;
        Random random = new Random(seed);
        String alphabet = "*./?&=|%crudsPO ";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder scope = new StringBuilder("patient/Observation.r?category=laboratory");
            for (int edits = 1 + random.nextInt(2); edits > 0; edits--) {
                char letter = alphabet.charAt(random.nextInt(alphabet.length()));
                scope.insert(24 + random.nextInt(scope.length() - 23), letter);
            }
            Optional<Predicate> rows = user(scope.toString()).narrowing(Interaction.READ, Set.of());
            boolean narrow = rows.isEmpty()
                    || rows.get().equals(any(new Predicate.All(List.of(OBSERVATIONS, LAB))))
                    || rows.get().equals(any(new Predicate.All(List.of(OBSERVATIONS, LAB, LAB))));
            assertEquals(true, narrow, "seed " + seed + ": " + scope);
        }
    }

    private static Predicate any(Predicate... parts) {
        return new Predicate.Any(List.of(parts));
    }

    private static SmartScopes user(String... scopes) {
        return scopes(false, scopes);
    }

    private static SmartScopes scopes(boolean system, String... scopes) {
        return SmartScopes.of(new Caller(
                "client",
                "https://issuer.example",
                "subject",
                null,
                null,
                Set.of(),
                Set.of(scopes),
                List.of(),
                system,
                new Caller.Profile(null, null, null, null)));
    }
}
