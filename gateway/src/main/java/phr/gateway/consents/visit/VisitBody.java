package phr.gateway.consents.visit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.consent.directive.Directive;
import phr.consent.directive.Elements;
import phr.consent.directive.Grantee;
import phr.consent.directive.LabelRule;
import phr.consent.directive.Selector;
import phr.consent.directive.Selectors;
import phr.consent.directive.Window;
import phr.fhir.facts.Confidentiality;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.Issue;

/**
 * One visit.
 *
 * @param organisation id, with or without {@code Organization/}
 * @param groups codes of {@link VisitGroup} in lower case, at least one
 * @param language of the policy text that was shown; Japanese when missing
 */
record VisitBody(
        @Nullable String organisation,
        @Nullable List<String> groups,
        @Nullable String language) {

    /** Twenty-four hours by the clock: not day ends. */
    static final Duration LENGTH = Duration.ofHours(24);

    /**
     * The permit: treatment, read only, this organisation, nothing sensitive, from now for 24 hours.
     *
     * @throws phr.fhir.failure.FailureException INVALID, located
     */
    Directive permit(Instant now) {
        List<Issue> issues = new ArrayList<>();
        if (organisation == null) {
            issues.add(invalid("is required", "/organisation"));
        }
        String[] categories = categories(issues);
        if (!issues.isEmpty()) {
            throw new Failure(Category.INVALID, issues).exception();
        }
        return Directive.permit(
                "",
                Elements.NONE
                        .withGrantees(Grantee.of(Grantee.Kind.ORGANISATION, reference()))
                        .withPurposes("TREAT")
                        .withActions(Action.READ)
                        .withSelectors(Selectors.of(Selector.ofCategories(categories)))
                        .withLabels(LabelRule.max(Confidentiality.N))
                        .withCountries("JP")
                        .withDataPeriod(Window.ANY)
                        .withValidity(new Window(now, now.plus(LENGTH))));
    }

    String reference() {
        return organisation == null || organisation.startsWith("Organization/")
                ? String.valueOf(organisation)
                : "Organization/" + organisation;
    }

    private String[] categories(List<Issue> issues) {
        List<String> codes = groups == null ? List.of() : groups;
        if (codes.isEmpty()) {
            issues.add(invalid("at least one group is chosen", "/groups"));
        }
        List<VisitGroup> chosen = new ArrayList<>();
        for (int i = 0; i < codes.size(); i++) {
            String pointer = "/groups/" + i;
            VisitGroup.parse(String.valueOf(codes.get(i)))
                    .ifPresentOrElse(chosen::add, () -> issues.add(invalid("is none of the groups", pointer)));
        }
        return chosen.stream().flatMap(VisitGroup::categories).distinct().toArray(String[]::new);
    }

    private static Issue invalid(String text, String pointer) {
        return Issue.error("business-rule", "visit", text, pointer);
    }
}
