package phr.consent.directive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Issue;

/**
 * What a directive will do that its author may not expect (consent-semantics.md §17.4: L-6 to L-10, L-13). Warnings and
 * notices only; nothing is refused.
 */
public final class Foresight {

    private static final Set<String> VITAL_CATEGORIES = Set.of("allergy", "medication", "medication-self");
    private static final Set<String> VITAL_TYPES = Set.of(
            "AllergyIntolerance",
            "MedicationRequest",
            "MedicationStatement",
            "MedicationDispense",
            "MedicationAdministration");
    private static final String TREAT = "TREAT";

    private Foresight() {}

    /** Of one directive, each located by a JSON pointer. */
    public static List<Issue> of(Directive directive, Instant now) {
        List<Issue> issues = new ArrayList<>();
        for (int i = 0; i < directive.exceptions().size(); i++) {
            if (outside(directive, directive.exceptions().get(i))) {
                issues.add(warning("L-6", "the exception lies outside the rule and never matches", "/exceptions/" + i));
            }
        }
        if (directive.effect().permits()) {
            periods(directive.base(), now, issues);
        } else {
            closing(directive, issues);
        }
        return issues;
    }

    /** Beside the others that are in force for the same person. */
    public static List<Issue> beside(Directive permit, List<Directive> others) {
        if (!permit.effect().permits()) {
            return List.of();
        }
        List<Issue> issues = new ArrayList<>();
        for (Directive other : others) {
            if (shadows(other, permit.base())) {
                issues.add(warning("L-8", "a deny in force leaves nothing of this permit", "/effect"));
            } else if (other.effect().permits() && asksAgain(permit.base(), other.base())) {
                issues.add(warning("L-10", "the same purpose is asked twice in different words", "/purposes"));
            }
        }
        return issues;
    }

    private static void periods(Elements base, Instant now, List<Issue> issues) {
        Window data = base.dataPeriod();
        if (data == null || data.until() == null) {
            return;
        }
        boolean endless = base.validity() == null || base.validity().until() == null;
        if (endless && !data.until().isAfter(now)) {
            issues.add(warning("L-9", "names past data and never ends: was the validity meant?", "/dataPeriod"));
        }
    }

    private static void closing(Directive deny, List<Issue> issues) {
        Elements base = deny.base();
        boolean treatment =
                base.purposes() == null || base.purposes().stream().anyMatch(code -> Purposes.catches(code, TREAT));
        boolean everybody = base.grantees() == null || base.grantees().contains(Grantee.ANY);
        if (!treatment) {
            return;
        }
        if (everybody && deny.emergency() != Emergency.ALLOWED) {
            issues.add(warning("L-7", "nobody can see these data for treatment, also in an emergency", "/emergency"));
        }
        if (touches(base.selectors(), VITAL_CATEGORIES, VITAL_TYPES)) {
            issues.add(notice("L-13", "hides allergies or medicines from those who treat", "/selectors"));
        }
    }

    /** What is chosen may hold data of these categories or types. */
    private static boolean touches(@Nullable Selectors selectors, Set<String> categories, Set<String> types) {
        return selectors == null
                || selectors.all()
                || selectors.list().stream()
                        .anyMatch(selector -> !Collections.disjoint(selector.categories(), categories)
                                || !Collections.disjoint(selector.resourceTypes(), types));
    }

    private static boolean outside(Directive directive, ExceptionClause exception) {
        Elements base = directive.base();
        Elements own = exception.elements();
        return apart(base.purposes(), own.purposes())
                || base.actions() != null
                        && own.actions() != null
                        && Collections.disjoint(base.actions(), own.actions())
                || apart(base.validity(), own.validity())
                || apart(base.dataPeriod(), own.dataPeriod())
                || apart(types(base.selectors()), types(own.selectors()), false);
    }

    private static boolean apart(@Nullable Set<String> one, @Nullable Set<String> other) {
        return one != null
                && other != null
                && one.stream().noneMatch(code -> other.stream()
                        .anyMatch(asked -> Purposes.catches(code, asked) || Purposes.catches(asked, code)));
    }

    private static boolean apart(@Nullable Window one, @Nullable Window other) {
        return one != null && other != null && (before(one, other) || before(other, one));
    }

    private static boolean before(Window one, Window other) {
        return one.until() != null && other.from() != null && !other.from().isBefore(one.until());
    }

    private static boolean apart(Set<String> one, Set<String> other, boolean whenOpen) {
        return one.isEmpty() || other.isEmpty() ? whenOpen : Collections.disjoint(one, other);
    }

    /** Resource types, when every selector names some; else none. */
    private static Set<String> types(@Nullable Selectors selectors) {
        if (selectors == null
                || selectors.all()
                || selectors.list().stream()
                        .anyMatch(selector -> selector.resourceTypes().isEmpty())) {
            return Set.of();
        }
        return selectors.list().stream()
                .flatMap(selector -> selector.resourceTypes().stream())
                .collect(Collectors.toSet());
    }

    /** Only what is certain: the deny is as wide as the permit in every element. */
    private static boolean shadows(Directive deny, Elements permit) {
        Elements base = deny.base();
        Set<Grantee> grantees = permit.grantees();
        Set<String> purposes = permit.purposes();
        boolean limits = base.labels() != null && !base.labels().any()
                || base.dataPeriod() != null && !base.dataPeriod().any()
                || base.countries() != null;
        return !deny.effect().permits()
                && deny.state().acts(deny.effect())
                && !limits
                && deny.exceptions().isEmpty()
                && grantees != null
                && base.grantees() != null
                && (base.grantees().contains(Grantee.ANY) || base.grantees().containsAll(grantees))
                && (base.purposes() == null
                        || purposes != null && purposes.stream().allMatch(code -> named(base, code)))
                && (base.actions() == null
                        || permit.actions() != null && base.actions().containsAll(permit.actions()))
                && (base.selectors() == null
                        || base.selectors().all()
                        || base.selectors().equals(permit.selectors()))
                && (base.validity() == null || base.validity().equals(permit.validity()));
    }

    private static boolean named(Elements deny, String purpose) {
        return Stream.ofNullable(deny.purposes())
                .flatMap(Set::stream)
                .anyMatch(code -> Purposes.catches(code, purpose));
    }

    private static boolean asksAgain(Elements one, Elements other) {
        return one.grantees() != null
                && one.purposes() != null
                && other.purposes() != null
                && one.grantees().equals(other.grantees())
                && !Collections.disjoint(one.purposes(), other.purposes())
                && one.selectors() != null
                && one.selectors().equals(other.selectors())
                && !one.equals(other);
    }

    private static Issue warning(String rule, String text, String pointer) {
        return Issue.warning("business-rule", rule, text, pointer);
    }

    private static Issue notice(String rule, String text, String pointer) {
        return Issue.information("business-rule", rule, text, pointer);
    }
}
