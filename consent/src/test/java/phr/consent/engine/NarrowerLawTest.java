package phr.consent.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import phr.consent.AccessRequest;
import phr.consent.Permit;
import phr.consent.Referrers;
import phr.consent.directive.Condition;
import phr.consent.directive.Directive;
import phr.consent.directive.Effect;
import phr.consent.directive.Elements;
import phr.consent.directive.ExceptionClause;
import phr.consent.directive.LabelRule;
import phr.consent.directive.Narrower;
import phr.consent.directive.Selectors;
import phr.consent.directive.State;
import phr.consent.directive.Window;
import phr.fhir.facts.Facts;

/** Whatever the narrower permit permits, the wider one permits. The seed is printed; {@code -Dphr.seed} repeats a run. */
class NarrowerLawTest {

    private static final int PAIRS = 6_000;
    private static final int RESOURCES = 12;

    private final long seed = Long.getLong("phr.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final RandomConsents consents = new RandomConsents(random);

    @Test
    void whatTheNarrowerOnePermitsTheWiderOnePermits() {
        System.out.println("phr.seed=" + seed);
        int inside = 0;
        int permitted = 0;
        for (int i = 0; i < PAIRS; i++) {
            List<Facts> resources = consents.resources(RESOURCES);
            Directive wide = permit("wide");
            Directive narrow = random.nextInt(6) == 0 ? permit("narrow") : varied(wide);
            if (!Narrower.beyond(wide, narrow, RandomConsents.NOW).isEmpty()) {
                continue;
            }
            inside++;
            permitted += opened(narrow, wide, resources);
        }
        System.out.println("inside=" + inside + " permitted=" + permitted);
        assertTrue(inside > PAIRS / 10, "the generator must also narrow");
        assertTrue(inside < PAIRS, "the generator must also widen");
        assertTrue(permitted > 500, "the narrower ones must also permit");
    }

    @Test
    void whatIsOnlyTakenAwayFromIsNarrowerAndNotTheOtherWayRound() {
        for (int i = 0; i < PAIRS; i++) {
            consents.resources(4);
            Directive wide = permit("wide");
            assertEquals(List.of(), Narrower.beyond(wide, wide, RandomConsents.NOW), this::where);
            Directive narrow = takenAway(wide);
            assertEquals(List.of(), Narrower.beyond(wide, narrow, RandomConsents.NOW), this::where);
        }
    }

    private int opened(Directive narrow, Directive wide, List<Facts> resources) {
        int permitted = 0;
        Referrers referrers = Referrers.among(resources);
        for (int i = 0; i < 4; i++) {
            AccessRequest request = consents.request();
            for (Facts facts : resources) {
                if (permits(request, narrow, facts, referrers)) {
                    permitted++;
                    assertTrue(permits(request, wide, facts, referrers), () -> where() + " " + facts.type());
                }
            }
        }
        return permitted;
    }

    private static boolean permits(AccessRequest request, Directive alone, Facts facts, Referrers referrers) {
        Policy policy = new Policy(RandomConsents.PERSON, 1, List.of(alone));
        return Engine.decide(request, policy, facts, referrers, RandomConsents.NOW) instanceof Permit;
    }

    private Directive permit(String id) {
        Directive made = consents.directive(id);
        while (!made.effect().permits()) {
            made = consents.directive(id);
        }
        return made.as(id, 1, State.ACTIVE);
    }

    /** One or two elements of another permit instead. */
    private Directive varied(Directive wide) {
        Directive varied = random.nextBoolean() ? takenAway(wide) : wide;
        Elements other = permit("other").base();
        Elements base = varied.base();
        varied = varied.withBase(
                switch (random.nextInt(7)) {
                    case 0 ->
                        new Elements(
                                other.grantees(),
                                base.purposes(),
                                base.actions(),
                                base.selectors(),
                                base.labels(),
                                base.countries(),
                                base.dataPeriod(),
                                base.validity());
                    case 1 ->
                        new Elements(
                                base.grantees(),
                                other.purposes(),
                                base.actions(),
                                base.selectors(),
                                base.labels(),
                                base.countries(),
                                base.dataPeriod(),
                                base.validity());
                    case 2 -> other.selectors() == null ? base : base.withSelectors(other.selectors());
                    case 3 -> other.labels() == null ? base : base.withLabels(other.labels());
                    case 4 -> other.dataPeriod() == null ? base : base.withDataPeriod(other.dataPeriod());
                    case 5 -> base.withValidity(other.validity());
                    default -> base;
                });
        return random.nextInt(4) == 0 ? exceptions(varied, permit("more").exceptions()) : varied;
    }

    private Directive takenAway(Directive wide) {
        Elements base = wide.base();
        Elements less = new Elements(
                some(base.grantees()),
                some(base.purposes()),
                some(base.actions()),
                fewer(base.selectors()),
                lower(base.labels()),
                base.countries() == null ? null : base.countries(),
                base.dataPeriod() == null || random.nextBoolean() ? base.dataPeriod() : shorter(base.dataPeriod()),
                base.validity());
        Directive narrow = wide.withBase(less);
        List<ExceptionClause> more = new ArrayList<>(wide.exceptions());
        if (random.nextInt(3) == 0) {
            more.add(new ExceptionClause(Effect.DENY, Elements.NONE.withPurposes("TREAT")));
        }
        List<Condition> promises = new ArrayList<>(wide.conditions());
        if (random.nextInt(3) == 0) {
            promises.add(Condition.of(Condition.Code.NO_STORE));
        }
        return exceptions(narrow, more).withConditions(promises.toArray(Condition[]::new));
    }

    private static Directive exceptions(Directive directive, List<ExceptionClause> exceptions) {
        return new Directive(
                directive.id(),
                directive.version(),
                directive.state(),
                directive.effect(),
                directive.phase(),
                directive.base(),
                exceptions,
                directive.conditions(),
                directive.emergency(),
                directive.grantor());
    }

    private <T> @Nullable Set<T> some(@Nullable Set<T> values) {
        if (values == null) {
            return null;
        }
        Set<T> kept = new HashSet<>();
        for (T value : values) {
            if (kept.isEmpty() || random.nextBoolean()) {
                kept.add(value);
            }
        }
        return kept;
    }

    private @Nullable Selectors fewer(@Nullable Selectors selectors) {
        if (selectors == null || selectors.all() || selectors.list().size() == 1) {
            return selectors;
        }
        return new Selectors(false, selectors.list().subList(0, 1));
    }

    private @Nullable LabelRule lower(@Nullable LabelRule rule) {
        if (rule == null
                || rule.any()
                || rule.anySensitivity()
                || rule.sensitivities().isEmpty()) {
            return rule;
        }
        return new LabelRule(
                false,
                rule.level(),
                false,
                Set.of(rule.sensitivities().iterator().next()));
    }

    private static Window shorter(Window window) {
        if (window.any()) {
            return new Window(RandomConsents.NOW, null);
        }
        return window.from() == null ? window : new Window(window.from().plusSeconds(60), window.until());
    }

    private String where() {
        return "seed " + seed;
    }
}
