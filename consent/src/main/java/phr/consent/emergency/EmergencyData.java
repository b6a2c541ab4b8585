package phr.consent.emergency;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import phr.consent.directive.Elements;
import phr.consent.directive.Selector;
import phr.consent.directive.Selectors;
import phr.consent.directive.Window;
import phr.fhir.facts.PhrCategory;

/**
 * What an emergency ground opens (table of consent-semantics.md §13).
 *
 * @param opened read like a permit
 * @param hidden stays closed inside it; read like a deny
 */
public record EmergencyData(Elements opened, Elements hidden) {

    /** Checkups of these last years are recent: what the national portal keeps. */
    private static final int RECENT_YEARS = 5;

    private static final Elements NEVER_SHOWN = categories("patient-note", "consent-record");
    private static final Elements HIDDEN = categories("patient-note", "consent-record", "advance-directive");

    /** Treatment wishes among the advance directives, LOINC: goals, preferences and priorities for treatment; resuscitation. */
    private static final Set<String> WISHES =
            Set.of("http://loinc.org|75773-2", "http://loinc.org|81378-2", "http://loinc.org|75779-9");

    private static final Elements SUMMARY = categories("medication", "medication-self", "allergy", "problem");

    /** The rows of a ground: a resource is open when one of them opens it. */
    public static List<EmergencyData> of(EmergencyGround ground, Instant now) {
        EmergencyData wishes = new EmergencyData(
                Elements.NONE.withSelectors(
                        Selectors.of(Selector.ofCategories("advance-directive").withCodes(WISHES))),
                NEVER_SHOWN);
        EmergencyData summary = new EmergencyData(SUMMARY, HIDDEN);
        if (ground.kind() == EmergencyGround.Kind.DISASTER) {
            Instant from = now.atOffset(ZoneOffset.UTC).minusYears(RECENT_YEARS).toInstant();
            Elements checkups = Elements.NONE
                    .withSelectors(Selectors.of(Selector.ofCategories(checkups())))
                    .withDataPeriod(new Window(from, null));
            return List.of(summary, new EmergencyData(checkups, HIDDEN));
        } else if (ground.step() == EmergencyGround.Step.SUMMARY) {
            return List.of(summary, wishes);
        }
        return List.of(new EmergencyData(Elements.NONE.withSelectors(Selectors.ALL), HIDDEN), wishes);
    }

    private static String[] checkups() {
        return List.of(PhrCategory.values()).stream()
                .map(PhrCategory::code)
                .filter(code -> code.startsWith("checkup-"))
                .toArray(String[]::new);
    }

    private static Elements categories(String... codes) {
        return Elements.NONE.withSelectors(Selectors.of(Selector.ofCategories(codes)));
    }
}
