package phr.consent.directive;

import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;

/**
 * The elements that a directive and its exceptions share: AND over elements, OR over the values of one (consent-semantics.md
 * §4.1). Null = absent; what that means depends on the effect, and in an exception the base is inherited.
 *
 * @param purposes bare codes of §7, or {@code system|code}
 * @param countries ISO 3166-1 alpha-2
 * @param dataPeriod which data
 * @param validity when the rule may be used
 */
public record Elements(
        @Nullable Set<Grantee> grantees,
        @Nullable Set<String> purposes,
        @Nullable Set<Action> actions,
        @Nullable Selectors selectors,
        @Nullable LabelRule labels,
        @Nullable Set<String> countries,
        @Nullable Window dataPeriod,
        @Nullable Window validity) {

    public static final Elements NONE = new Elements(null, null, null, null, null, null, null, null);

    public Elements {
        grantees = grantees == null ? null : Set.copyOf(grantees);
        purposes = purposes == null ? null : Set.copyOf(purposes);
        actions = actions == null ? null : Set.copyOf(actions);
        countries = countries == null ? null : Set.copyOf(countries);
    }

    /** Nothing at all is said. */
    public boolean empty() {
        return equals(NONE);
    }

    /** Names one of the categories. */
    public boolean names(Set<String> categories) {
        return selectors != null
                && selectors.list().stream()
                        .anyMatch(selector -> !Collections.disjoint(selector.categories(), categories));
    }

    /** Names a sensitivity (§6): the reason why something is sensitive. */
    public boolean namesSensitivity() {
        return labels != null && !labels.sensitivities().isEmpty()
                || selectors != null
                        && selectors.list().stream()
                                .anyMatch(selector -> !selector.labels().isEmpty());
    }

    public Elements withGrantees(Grantee... values) {
        return new Elements(Set.of(values), purposes, actions, selectors, labels, countries, dataPeriod, validity);
    }

    public Elements withPurposes(String... values) {
        return new Elements(grantees, Set.of(values), actions, selectors, labels, countries, dataPeriod, validity);
    }

    public Elements withActions(Action... values) {
        return new Elements(grantees, purposes, Set.of(values), selectors, labels, countries, dataPeriod, validity);
    }

    public Elements withSelectors(Selectors value) {
        return new Elements(grantees, purposes, actions, value, labels, countries, dataPeriod, validity);
    }

    public Elements withLabels(LabelRule value) {
        return new Elements(grantees, purposes, actions, selectors, value, countries, dataPeriod, validity);
    }

    public Elements withCountries(String... values) {
        return new Elements(grantees, purposes, actions, selectors, labels, Set.of(values), dataPeriod, validity);
    }

    public Elements withDataPeriod(Window value) {
        return new Elements(grantees, purposes, actions, selectors, labels, countries, value, validity);
    }

    public Elements withValidity(@Nullable Window value) {
        return new Elements(grantees, purposes, actions, selectors, labels, countries, dataPeriod, value);
    }
}
