package phr.consent.fhir;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveLint;
import phr.consent.directive.Foresight;
import phr.consent.directive.Grantee;
import phr.fhir.failure.Issue;

/** The lint of directives as findings: reported, and without effect unless a permit lacks what it must say (§17.4). */
public final class DirectiveFindings {

    private static final Pattern EXCEPTION = Pattern.compile("/exceptions/(\\d+)(.*)");

    /** Where an element of a directive stands in a Consent. */
    private static final Map<String, String> PLACES = Map.of(
            "grantees", "actor",
            "purposes", "purpose",
            "actions", "action",
            "selectors", "data",
            "labels", "securityLabel",
            "dataPeriod", "dataPeriod",
            "validity", "period",
            "countries", "modifierExtension",
            "conditions", "modifierExtension",
            "emergency", "type");

    private DirectiveFindings() {}

    /** Of a directive that was made of a Consent: what the reader has told already is left out. */
    public static List<Finding> ofConsent(
            Directive directive, Instant now, Function<Grantee, @Nullable String> countryOf) {
        List<Finding> findings = new ArrayList<>();
        for (Issue issue : issues(directive, now, countryOf)) {
            boolean told = List.of("L-1", "L-3", "L-5", "L-18").contains(issue.rule());
            if (!told) {
                findings.add(finding(
                        issue, Finding.Effect.NONE, path(issue.expressions().get(0))));
            }
        }
        return findings;
    }

    /** Of a native directive. */
    public static List<Finding> ofDirective(
            Directive directive, Instant now, Function<Grantee, @Nullable String> countryOf) {
        return issues(directive, now, countryOf).stream()
                .map(issue -> finding(
                        issue,
                        issue.rule().equals("L-1") ? Finding.Effect.REJECTED : Finding.Effect.NONE,
                        issue.expressions().get(0)))
                .toList();
    }

    /** Of a permit beside the other directives of the person. */
    public static List<Finding> beside(Directive directive, List<Directive> others, boolean consent) {
        return Foresight.beside(directive, others).stream()
                .map(issue -> {
                    String pointer = issue.expressions().get(0);
                    return finding(issue, Finding.Effect.NONE, consent ? path(pointer) : pointer);
                })
                .distinct()
                .toList();
    }

    private static List<Issue> issues(Directive directive, Instant now, Function<Grantee, @Nullable String> countryOf) {
        List<Issue> issues = new ArrayList<>(DirectiveLint.check(directive, now, countryOf));
        issues.addAll(Foresight.of(directive, now));
        return issues;
    }

    private static Finding finding(Issue issue, Finding.Effect effect, String expression) {
        Finding.Level level =
                switch (issue.severity()) {
                    case FATAL, ERROR -> Finding.Level.ERROR;
                    case WARNING -> Finding.Level.WARNING;
                    case INFORMATION -> Finding.Level.NOTICE;
                };
        return new Finding(issue.rule(), level, expression, effect, issue.text());
    }

    /** A JSON pointer into a directive as FHIRPath into the Consent that says it. */
    static String path(String pointer) {
        Matcher exception = EXCEPTION.matcher(pointer);
        String owner = "Consent.provision";
        String rest = pointer;
        if (exception.matches()) {
            owner += ".provision[" + exception.group(1) + "]";
            rest = exception.group(2);
        }
        String[] steps = rest.split("/", -1);
        String element = steps.length < 2 ? null : PLACES.get(steps[1]);
        if (rest.startsWith("/grantor")) {
            return "Consent.performer";
        }
        return element == null ? owner : owner + "." + element;
    }
}
