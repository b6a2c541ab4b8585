package phr.consent.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
import phr.consent.Research;
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
import phr.consent.emergency.EmergencyGround;
import phr.consent.lifecourse.AgeBands;
import phr.consent.lifecourse.Authority;
import phr.consent.lifecourse.Life;
import phr.consent.lifecourse.LifeEvent;
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
            "BTG",
            "DISASTER",
            "HRESCH",
            "wellness-coaching",
            "statistics",
            "x|y");
    private static final List<String> CATEGORIES = List.of(
            "lab",
            "medication",
            "mental-health",
            "raw-file",
            "demographics",
            "consent-record",
            "violence",
            "patient-note");
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

    private static final UUID MOTHERS = new UUID(5, 1);
    private static final UUID SONS = new UUID(5, 2);

    private final Random random;
    private final Instant now;
    private List<Facts> resources = List.of();

    RandomConsents(Random random) {
        this(random, NOW);
    }

    /** The same random things happen around another instant. */
    RandomConsents(Random random, Instant now) {
        this.random = random;
        this.now = now;
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
        return new Policy(PERSON, 7, made, circumstances());
    }

    Circumstances circumstances() {
        return new Circumstances(
                chance(2) ? null : life(),
                AgeBands.JAPAN,
                List.of(authority(MOTHERS, "mother", Authority.Kind.PARENT), authority(SONS, "son", kind())),
                chance(3) ? List.of() : List.of(ground(), ground()),
                chance(20) ? Set.of(one(ORGANISATIONS)) : Set.of(),
                chance(10) ? Set.of(one(ORGANISATIONS)) : Set.of(),
                chance(8) ? List.of(order()) : List.of());
    }

    private Life life() {
        LocalDate birth = chance(8)
                ? null
                : LocalDate.parse(one(List.of("2020-02-29", "2013-05-01", "2009-09-09", "1990-01-01")));
        List<LifeEvent> events = new ArrayList<>();
        if (chance(3)) {
            Instant at = now.plus(Duration.ofMinutes(random.nextInt(12) - 10));
            events.add(new LifeEvent(
                    one(List.of(LifeEvent.Type.values())), at, chance(2), at, chance(2) ? MOTHERS.toString() : null));
        }
        return new Life(birth, true, events);
    }

    private Authority.Kind kind() {
        return one(List.of(Authority.Kind.values()));
    }

    private Authority authority(UUID id, String holder, Authority.Kind kind) {
        return new Authority(
                id.toString(),
                holder,
                kind,
                chance(6) ? one(List.of(Authority.State.values())) : Authority.State.IN_FORCE,
                chance(4) ? validity() : Window.ANY,
                chance(4) ? Authority.Activation.ON_CAPACITY_LOST : Authority.Activation.AT_ONCE,
                new Authority.Scope(
                        optional(3, () -> some(CATEGORIES, 3)),
                        optional(4, () -> Set.of("TREAT", "HRESCH")),
                        optional(6, () -> Set.of(Action.READ)),
                        false));
    }

    private EmergencyGround ground() {
        boolean glass = chance(2);
        return new EmergencyGround(
                glass ? EmergencyGround.Kind.BTG : EmergencyGround.Kind.DISASTER,
                glass ? one(List.of("dr", "nurse")) : null,
                chance(4) ? one(ORGANISATIONS) : null,
                now.minus(Duration.ofMinutes(random.nextInt(30))),
                now.plus(Duration.ofMinutes(random.nextInt(30))),
                one(List.of(EmergencyGround.Step.values())));
    }

    private StatutoryRule order() {
        Elements scope = new Elements(
                grantees(),
                some(PURPOSES, 3),
                Set.of(Action.READ),
                selectors(),
                null,
                null,
                optional(3, this::window),
                optional(3, this::validity));
        return new StatutoryRule("APPI27-1-1", "order", scope, some(List.of("a", "b"), 6), chance(2));
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
                chance(3) ? new Grantor(Grantor.Capacity.GUARDIAN, chance(2) ? MOTHERS : SONS) : Grantor.SELF);
    }

    AccessRequest request() {
        Capacity capacity = chance(8) ? Capacity.SELF : chance(6) ? Capacity.PROXY : Capacity.RECIPIENT;
        capacity = chance(40) ? Capacity.OPERATOR : capacity;
        boolean own = capacity == Capacity.SELF || capacity == Capacity.PROXY;
        ClientApp app = new ClientApp(
                one(List.of("viewer", "app")),
                chance(10) && !own || chance(2) && capacity == Capacity.PROXY,
                random.nextBoolean() && !own,
                party());
        boolean mother = chance(2);
        return new AccessRequest(
                PERSON,
                app,
                capacity == Capacity.PROXY ? (mother ? "mother" : "son") : one(List.of("dr", "nurse")),
                false,
                own ? null : party(),
                some(List.of("physician", "clerk"), 2),
                capacity,
                List.copyOf(some(PURPOSES, 2)),
                chance(5) ? Action.CONTRIBUTE : Action.READ,
                some(List.of("team"), 1),
                Set.of(),
                capacity == Capacity.PROXY ? (mother ? MOTHERS : SONS).toString() : null,
                chance(2) ? research() : null);
    }

    private Research research() {
        return new Research(
                optional(2, () -> one(List.of("0000042", "0000006", "0000007"))),
                null,
                chance(2) ? Map.of("0000046", one(List.of("true", "false"))) : Map.of());
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
                .map(this::condition)
                .toList();
    }

    private Condition condition(Condition.Code code) {
        return switch (code) {
            case AGGREGATE_ONLY -> new Condition(code, "WEEK", Set.of(one(List.of("mean", "sum"))), null, null);
            case MAX_FREQUENCY -> new Condition(code, "DAY", Set.of(), 1 + random.nextInt(2), null);
            case ERASE_BY -> new Condition(code, null, Set.of(), null, now.plus(Duration.ofDays(9)));
            case RESEARCH ->
                Condition.research(one(
                        List.of(Map.of(), Map.of("0000042", "true"), Map.of("0000006", "true", "0000046", "true"))));
            default -> Condition.of(code);
        };
    }

    private Set<Grantee> grantees() {
        Set<Grantee> grantees = new HashSet<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            grantees.add(
                    switch (random.nextInt(8)) {
                        case 0 -> Grantee.of(Grantee.Kind.APP, one(List.of("viewer", "app")));
                        case 1 -> Grantee.of(Grantee.Kind.PERSON, one(List.of("dr", "nurse")));
                        case 2 -> new Grantee(Grantee.Kind.ROLE, "physician", chance(2) ? "clinic" : null, false);
                        case 3 -> Grantee.of(Grantee.Kind.CLASS, one(CLASSES));
                        case 4 -> chance(2) ? Grantee.ANY : Grantee.of(Grantee.Kind.GROUP, "team");
                        case 5 -> Grantee.of(Grantee.Kind.PERSON, one(List.of("mother", "son")));
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
        Instant start = now.plus(Duration.ofMinutes(random.nextInt(5) - 3));
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

    private Instant day(int day) {
        return now.minus(Duration.ofDays(460 - day));
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
