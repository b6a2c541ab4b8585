package phr.consent.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import phr.consent.AccessRequest;
import phr.consent.Action;
import phr.consent.Capacity;
import phr.consent.ClientApp;
import phr.consent.Party;
import phr.consent.directive.Condition;
import phr.consent.directive.Directive;
import phr.consent.directive.Effect;
import phr.consent.directive.Elements;
import phr.consent.directive.Emergency;
import phr.consent.directive.ExceptionClause;
import phr.consent.directive.Grantee;
import phr.consent.directive.Grantor;
import phr.consent.directive.LabelRule;
import phr.consent.directive.Phase;
import phr.consent.directive.Selector;
import phr.consent.directive.Selectors;
import phr.consent.directive.State;
import phr.consent.directive.Window;
import phr.fhir.PersonId;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.Tokens;

/** Random directives, requests and resources over small vocabularies, so that they meet often. */
final class RandomConsents {

    static final PersonId PERSON = new PersonId(new UUID(1, 1));
    static final Instant NOW = Instant.parse("2026-06-01T01:00:00Z");

    private static final List<String> ORGANISATIONS = List.of("clinic", "hospital", "vendor");
    private static final List<String> CLASSES = List.of("medical-institution", "wellness");
    private static final List<String> PURPOSES = List.of(
            "TREAT",
            "TREAT",
            "TREAT",
            "TREAT",
            "COC",
            "COC",
            "ETREAT",
            "BTG",
            "HRESCH",
            "wellness-coaching",
            "statistics",
            "x|y");
    private static final List<String> CATEGORIES =
            List.of("lab", "medication", "mental-health", "raw-file", "demographics", "consent-record");
    private static final List<String> CODES = List.of("s|1", "s|2", "s|3");
    private static final List<String> SENSITIVITIES = List.of("MH", "PSY", "HIV", "SUD", "ETH", "z|q");
    private static final List<String> TYPES = List.of(
            "Observation",
            "Observation",
            "Condition",
            "Encounter",
            "DocumentReference",
            "Patient",
            "Organization",
            "Practitioner",
            "PractitionerRole",
            "Device");

    private final Random random;
    private List<Facts> resources = List.of();

    RandomConsents(Random random) {
        this.random = random;
    }

    List<Facts> resources(int count) {
        List<UUID> ids = new ArrayList<>();
        List<String> references = new ArrayList<>();
        List<String> types = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(new UUID(random.nextLong(), random.nextLong()));
            types.add(one(TYPES));
            references.add(types.get(i) + "/" + ids.get(i));
        }
        List<Facts> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(facts(types.get(i), ids.get(i), references));
        }
        resources = made;
        return made;
    }

    Policy policy(int directives) {
        List<Directive> made = new ArrayList<>();
        for (int i = 0; i < directives; i++) {
            made.add(directive("d" + i));
        }
        if (chance(2)) {
            made.add(everything());
        }
        return new Policy(PERSON, 7, made);
    }

    /** With it, the denies decide. */
    private static Directive everything() {
        return Directive.permit(
                "open",
                Elements.NONE
                        .withGrantees(Grantee.ANY)
                        .withPurposes(PURPOSES.stream().distinct().toArray(String[]::new))
                        .withActions(Action.values())
                        .withSelectors(Selectors.ALL)
                        .withLabels(LabelRule.ANY)
                        .withCountries("JP", "US", "XX"));
    }

    Directive directive(String id) {
        boolean permit = random.nextInt(4) > 0;
        Effect effect = permit ? Effect.PERMIT : Effect.DENY;
        List<ExceptionClause> exceptions = new ArrayList<>();
        for (int i = random.nextInt(4); i > 1; i--) {
            Effect own = random.nextInt(4) > 0 ? (permit ? Effect.DENY : Effect.PERMIT) : effect;
            exceptions.add(new ExceptionClause(own, exception(own)));
        }
        return new Directive(
                id,
                1 + random.nextInt(3),
                chance(8) ? one(List.of(State.values())) : State.ACTIVE,
                effect,
                chance(15) ? one(List.of(Phase.values())) : null,
                base(effect),
                exceptions,
                permit ? conditions() : List.of(),
                permit ? null : one(List.of(Emergency.values())),
                Grantor.SELF);
    }

    AccessRequest request() {
        boolean self = chance(8);
        ClientApp app = new ClientApp(
                one(List.of("viewer", "app")), chance(10) && !self, random.nextBoolean() && !self, party());
        Set<String> purposes = some(PURPOSES, 2);
        return new AccessRequest(
                PERSON,
                app,
                one(List.of("dr", "nurse")),
                false,
                self ? null : party(),
                some(List.of("physician", "clerk"), 2),
                self ? Capacity.SELF : Capacity.RECIPIENT,
                List.copyOf(purposes),
                chance(5) ? Action.CONTRIBUTE : Action.READ,
                some(List.of("team"), 1),
                Set.of());
    }

    private Party party() {
        return new Party(
                one(ORGANISATIONS), Set.of(), some(CLASSES, 1), one(List.of("JP", "JP", "JP", "JP", "JP", "US", "")));
    }

    private Elements base(Effect effect) {
        boolean permit = effect.permits();
        return new Elements(
                permit || chance(2) ? grantees() : Set.of(Grantee.ANY),
                permit || chance(2) ? some(PURPOSES, 3) : null,
                permit || chance(2) ? some(List.of(Action.READ, Action.READ, Action.CONTRIBUTE), 3) : null,
                permit || !chance(4) ? selectors() : null,
                permit ? ceiling() : optional(2, this::threshold),
                optional(permit ? 8 : 3, () -> some(List.of("JP", "US"), 2)),
                optional(permit ? 5 : 2, this::window),
                optional(permit ? 8 : 4, this::validity));
    }

    private Elements exception(Effect effect) {
        return new Elements(
                optional(3, this::grantees),
                optional(3, () -> some(PURPOSES, 2)),
                null,
                optional(2, this::selectors),
                effect.permits() ? optional(3, this::ceiling) : optional(2, this::threshold),
                optional(8, () -> some(List.of("JP", "US"), 2)),
                optional(3, this::window),
                optional(8, this::validity));
    }

    private List<Condition> conditions() {
        if (!chance(4)) {
            return List.of();
        }
        return some(List.of(Condition.Code.values()), 2).stream()
                .map(Condition::of)
                .toList();
    }

    private Set<Grantee> grantees() {
        Set<Grantee> grantees = new HashSet<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            grantees.add(
                    switch (random.nextInt(7)) {
                        case 0 -> Grantee.of(Grantee.Kind.APP, one(List.of("viewer", "app")));
                        case 1 -> Grantee.of(Grantee.Kind.PERSON, one(List.of("dr", "nurse")));
                        case 2 -> new Grantee(Grantee.Kind.ROLE, "physician", chance(2) ? "clinic" : null, false);
                        case 3 -> Grantee.of(Grantee.Kind.CLASS, one(CLASSES));
                        case 4 -> chance(2) ? Grantee.ANY : Grantee.of(Grantee.Kind.GROUP, "team");
                        default -> Grantee.of(Grantee.Kind.ORGANISATION, one(ORGANISATIONS));
                    });
        }
        return grantees;
    }

    private Selectors selectors() {
        if (chance(3)) {
            return Selectors.ALL;
        }
        List<Selector> list = new ArrayList<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            list.add(selector());
        }
        return new Selectors(false, list);
    }

    private Selector selector() {
        if (chance(3)) {
            return Selector.ofCategories(some(CATEGORIES, 3).toArray(String[]::new));
        }
        return new Selector(
                facet(2, TYPES),
                facet(12, CODES),
                facet(4, CATEGORIES),
                facet(4, CODES),
                facet(8, SENSITIVITIES),
                chance(8) ? Set.of(reference()) : Set.of(),
                facet(10, List.of("Practitioner/a", "Practitioner/b")),
                facet(10, List.of("s1", "s2", "dev")),
                chance(8) ? List.of(relation()) : List.of());
    }

    private Selector.RelatedTo relation() {
        return new Selector.RelatedTo(one(List.of(Selector.Meaning.values())), reference());
    }

    private String reference() {
        return resources.isEmpty() ? "Observation/none" : one(resources).reference();
    }

    private LabelRule ceiling() {
        Confidentiality max = one(List.of(Confidentiality.N, Confidentiality.R, Confidentiality.V));
        return switch (random.nextInt(4)) {
            case 0 -> LabelRule.ANY;
            case 1 -> LabelRule.maxAnySensitivity(max);
            default -> LabelRule.max(max, some(SENSITIVITIES, 3).toArray(String[]::new));
        };
    }

    private LabelRule threshold() {
        Confidentiality min = chance(2) ? one(List.of(Confidentiality.values())) : null;
        return LabelRule.min(min, some(SENSITIVITIES, 2).toArray(String[]::new));
    }

    private Window window() {
        Instant start = day(random.nextInt(6));
        return switch (random.nextInt(4)) {
            case 0 -> Window.ANY;
            case 1 -> new Window(start, null);
            case 2 -> new Window(null, start);
            default -> new Window(start, start.plus(Duration.ofDays(1 + random.nextInt(3))));
        };
    }

    private Window validity() {
        Instant start = NOW.plus(Duration.ofMinutes(random.nextInt(5) - 3));
        return chance(2) ? new Window(start, null) : new Window(null, start);
    }

    private Facts facts(String type, UUID id, List<String> references) {
        return new Facts(
                type,
                id,
                chance(5) ? one(CODES) : null,
                chance(2) ? one(List.of("s1", "s2")) : null,
                chance(4) ? "dev" : null,
                tokens(CATEGORIES),
                tokens(CODES),
                tokens(List.of("Practitioner/a", "Practitioner/b")),
                some(references, 4),
                labels(),
                time());
    }

    private Tokens tokens(List<String> values) {
        return chance(8) ? Tokens.UNKNOWN : chance(8) ? Tokens.ABSENT : Tokens.of(some(values, 2));
    }

    private Labels labels() {
        if (chance(6)) {
            return Labels.UNLABELLED;
        }
        Set<String> codes = chance(2) ? Set.of() : some(SENSITIVITIES, 2);
        return new Labels(true, one(List.of(Confidentiality.values())), codes);
    }

    private DataTime time() {
        Instant start = day(random.nextInt(6));
        return switch (random.nextInt(6)) {
            case 0 -> DataTime.UNKNOWN;
            case 1 -> DataTime.between(start, null);
            case 2 -> DataTime.between(null, start);
            default -> DataTime.between(start, start.plus(Duration.ofHours(1 + random.nextInt(40))));
        };
    }

    private static Instant day(int day) {
        return Instant.parse("2025-03-01T15:00:00Z").plus(Duration.ofDays(day));
    }

    private Set<String> facet(int rarity, List<String> values) {
        return chance(rarity) ? some(values, 2) : Set.of();
    }

    private <T> @Nullable T optional(int rarity, Supplier<T> value) {
        return chance(rarity) ? value.get() : null;
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private <T> Set<T> some(List<T> values, int most) {
        Set<T> chosen = new HashSet<>();
        for (int i = 1 + random.nextInt(most); i > 0; i--) {
            chosen.add(one(values));
        }
        return chosen;
    }
}
