package phr.consent.directive;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.PhrCategory;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;

/**
 * What is wrong with a directive that is about to be written (consent-semantics.md §17.4). Errors refuse it; warnings are shown
 * to the person.
 */
public final class DirectiveLint {

    private static final String JAPAN = "JP";

    /** What may have begun and not ended. */
    private static final Set<String> RUNNING =
            Set.of(PhrCategory.PROBLEM.code(), PhrCategory.MEDICATION.code(), PhrCategory.MEDICATION_SELF.code());

    private static final Set<String> RUNNING_TYPES =
            Set.of("Condition", "MedicationRequest", "MedicationStatement", "MedicationDispense");

    private final Directive directive;
    private final Elements base;
    private final List<Issue> issues = new ArrayList<>();

    private DirectiveLint(Directive directive) {
        this.directive = directive;
        this.base = directive.base();
    }

    /**
     * Checks a draft that would be recorded now.
     *
     * @param countryOf country of the party a grantee names; null when unknown
     * @return errors and warnings, each located by a JSON pointer
     */
    public static List<Issue> check(Directive draft, Instant now, Function<Grantee, @Nullable String> countryOf) {
        DirectiveLint lint = new DirectiveLint(draft);
        lint.exceptions();
        lint.codes();
        if (draft.effect().permits()) {
            lint.completePermit();
            lint.publicOnly();
            lint.grantor();
            lint.length(now);
            lint.actions();
            lint.bundled();
            lint.countries(countryOf);
            lint.reachable();
            lint.running();
        } else {
            lint.completeDeny();
        }
        return List.copyOf(lint.issues);
    }

    /**
     * @return the warnings
     * @throws FailureException INVALID with all findings when one is an error
     */
    public static List<Issue> require(Directive draft, Instant now, Function<Grantee, @Nullable String> countryOf) {
        List<Issue> issues = check(draft, now, countryOf);
        if (issues.stream().anyMatch(issue -> issue.severity() == Issue.Severity.ERROR)) {
            throw new Failure(Category.INVALID, issues).exception();
        }
        return issues;
    }

    private void exceptions() {
        for (int i = 0; i < directive.exceptions().size(); i++) {
            ExceptionClause exception = directive.exceptions().get(i);
            if (exception.elements().empty()) {
                error("L-5", "an exception needs a condition", "/exceptions/" + i);
            }
        }
    }

    private void completePermit() {
        required("L-1", base.grantees(), "/grantees");
        required("L-1", base.purposes(), "/purposes");
        required("L-1", base.actions(), "/actions");
        required("L-1", base.selectors(), "/selectors");
        required("L-1", base.labels(), "/labels");
        if (directive.emergency() != null) {
            error("CS-1", "belongs to a deny only", "/emergency");
        }
    }

    private void completeDeny() {
        required("CS-2", base.grantees(), "/grantees");
        required("CS-12", directive.emergency(), "/emergency");
        if (!directive.conditions().isEmpty()) {
            error("CS-1", "belongs to a permit only", "/conditions");
        }
    }

    private void publicOnly() {
        LabelRule labels = base.labels();
        boolean plain = labels != null
                && !labels.any()
                && !labels.anySensitivity()
                && labels.sensitivities().isEmpty()
                && labels.level() != null
                && labels.level().atMost(Confidentiality.N);
        if (base.grantees() != null && base.grantees().contains(Grantee.ANY) && !plain) {
            error("L-2", "ANY may not be given data above N", "/labels");
        }
    }

    private void grantor() {
        if (directive.grantor().capacity() != Grantor.Capacity.SELF
                && directive.grantor().authority() == null) {
            error("L-3", "a proxy needs an authority", "/grantor/authority");
        }
    }

    private void length(Instant now) {
        Set<String> purposes = base.purposes() == null ? Set.of() : base.purposes();
        if (purposes.stream().noneMatch(Purposes::yearAtMost)) {
            return;
        }
        Window validity = base.validity() == null ? Window.ANY : base.validity();
        ZonedDateTime start = (validity.from() == null ? now : validity.from()).atZone(Times.TOKYO);
        if (validity.until() == null
                || validity.until().isAfter(start.plusMonths(12).toInstant())) {
            error("L-4", "insurance, cross-industry services and marketing end within 12 months", "/validity/end");
        }
    }

    private void actions() {
        Set<Action> actions = base.actions() == null ? Set.of() : base.actions();
        boolean needsRead = !Collections.disjoint(actions, Set.of(Action.USE, Action.KEEP, Action.SUBSCRIBE));
        if (needsRead && !actions.contains(Action.READ)) {
            warning("L-11", "use, keep and subscribe do nothing without read", "/actions");
        }
    }

    private void bundled() {
        Set<String> purposes = base.purposes() == null ? Set.of() : base.purposes();
        boolean treatment = purposes.stream().anyMatch(purpose -> Purposes.catches("TREAT", purpose));
        if (treatment && purposes.stream().anyMatch(Purposes::project)) {
            error("L-12", "treatment and another service are two questions", "/purposes");
        }
    }

    private void countries(Function<Grantee, @Nullable String> countryOf) {
        Set<String> named = base.countries() == null ? Set.of(JAPAN) : base.countries();
        Set<Grantee> grantees = base.grantees() == null ? Set.of() : base.grantees();
        for (Grantee grantee : grantees) {
            String country = countryOf.apply(grantee);
            if (country != null && !country.equals(JAPAN) && !named.contains(country)) {
                error("L-15", "the country of a recipient abroad must be named", "/countries");
                return;
            }
        }
    }

    private void reachable() {
        LabelRule labels = base.labels();
        if (base.selectors() == null || labels == null) {
            return;
        }
        List<Selector> selectors = base.selectors().list();
        for (int i = 0; i < selectors.size(); i++) {
            boolean never = selectors.get(i).categories().stream()
                    .map(PhrCategory::parse)
                    .anyMatch(category -> !labels.covers(category.defaults()));
            if (never) {
                warning("L-16", "the labels can never cover a category named here", "/selectors/" + i + "/category");
            }
        }
    }

    private void running() {
        Window period = base.dataPeriod();
        Selectors selectors = base.selectors();
        if (period == null || period.until() == null || selectors == null) {
            return;
        }
        boolean named = selectors.all()
                || selectors.list().stream()
                        .anyMatch(selector -> !Collections.disjoint(selector.categories(), RUNNING)
                                || !Collections.disjoint(selector.resourceTypes(), RUNNING_TYPES));
        if (named) {
            issues.add(Issue.information(
                    "business-rule",
                    "L-17",
                    "problems and medicines that still run are left out by a window with an end",
                    "/dataPeriod/end"));
        }
    }

    private void codes() {
        unknownPurposes(base, "");
        for (int i = 0; i < directive.exceptions().size(); i++) {
            unknownPurposes(directive.exceptions().get(i).elements(), "/exceptions/" + i);
        }
    }

    private void unknownPurposes(Elements elements, String at) {
        if (elements.purposes() != null && !elements.purposes().stream().allMatch(Purposes::known)) {
            warning("L-18", "a purpose outside the table is compared by equality only", at + "/purposes");
        }
    }

    private void required(String rule, @Nullable Object element, String pointer) {
        if (element == null) {
            error(rule, "is required", pointer);
        }
    }

    private void error(String rule, String text, String pointer) {
        issues.add(Issue.error("business-rule", rule, text, pointer));
    }

    private void warning(String rule, String text, String pointer) {
        issues.add(Issue.warning("business-rule", rule, text, pointer));
    }
}
