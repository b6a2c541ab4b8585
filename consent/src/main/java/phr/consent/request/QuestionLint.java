package phr.consent.request;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveLint;
import phr.consent.directive.Elements;
import phr.consent.directive.Grantee;
import phr.consent.directive.Grantor;
import phr.consent.directive.LinkageWindow;
import phr.consent.directive.Purposes;
import phr.consent.directive.Selectors;
import phr.consent.directive.State;
import phr.consent.directive.Window;
import phr.consent.ledger.ConsentLedger.Countries;
import phr.fhir.facts.PhrCategory;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.Issue;

/** What makes a question one that may not be put to a person, and what she must be told next to it (§7.2, §10.1, §17.4). */
final class QuestionLint {

    static final Duration LONGEST = Duration.ofDays(90);

    /** Not for insurance, cross-industry services and marketing: files and free text (§7.2). */
    private static final Set<String> UNSTRUCTURED =
            Set.of(PhrCategory.RAW_FILE.code(), PhrCategory.CLINICAL_DOCUMENT.code(), PhrCategory.PATIENT_NOTE.code());

    private static final String PURPOSES = "/directive/purposes";
    private static final String SELECTORS = "/directive/selectors";

    private final Question question;
    private final Directive directive;
    private final Elements base;
    private final List<Issue> issues = new ArrayList<>();

    private QuestionLint(Question question) {
        this.question = question;
        this.directive = question.directive();
        this.base = directive.base();
    }

    /**
     * @param own whether a grantee is the requester itself
     * @throws phr.fhir.failure.FailureException INVALID with all findings, located in {@code {directive, text, benefit, expiresAt}}
     */
    static void require(Question question, Predicate<Grantee> own, Instant now, Countries countries) {
        QuestionLint lint = new QuestionLint(question);
        DirectiveLint.check(question.directive(), now, countries::of).stream()
                .filter(issue -> issue.severity() == Issue.Severity.ERROR)
                .map(issue -> Placed.under(Placed.DIRECTIVE, issue))
                .forEach(lint.issues::add);
        LinkageWindow.check(question.directive(), now, countries::linkage)
                .forEach(issue -> lint.issues.add(Placed.under(Placed.DIRECTIVE, issue)));
        lint.permit();
        lint.grantees(own);
        lint.onePurpose();
        lint.commercial();
        lint.times(now);
        lint.words("/text", question.words());
        lint.words("/benefit", question.benefit());
        if (!lint.issues.isEmpty()) {
            throw new Failure(Category.INVALID, lint.issues).exception();
        }
    }

    /** What the person is told beside the question, located as above. */
    static List<Issue> warnings(Question question, boolean asksAgain, Instant now, Countries countries) {
        QuestionLint lint = new QuestionLint(question);
        DirectiveLint.check(question.directive(), now, countries::of).stream()
                .filter(issue -> issue.severity() != Issue.Severity.ERROR)
                .map(issue -> Placed.under(Placed.DIRECTIVE, issue))
                .forEach(lint.issues::add);
        if (asksAgain) {
            lint.warning("L-10", "the same organisation asks for the same purpose in another open request", PURPOSES);
        }
        if (lint.is(Purposes::yearAtMost) && question.benefit() == null) {
            lint.warning("benefit", "the organisation names nothing that it gives in return", "/benefit");
        }
        if (lint.is("insurance-underwriting"::equals)) {
            lint.warning("underwriting", "to refuse or to withdraw has no effect on the record itself", PURPOSES);
        }
        return List.copyOf(lint.issues);
    }

    private void permit() {
        if (!directive.effect().permits()) {
            error("request", "only a permit can be asked for", "/directive/effect");
        }
        if (!directive.id().isEmpty()) {
            error("request", "the id is given by the ledger", "/directive/id");
        }
        if (directive.state() != State.ACTIVE) {
            error("request", "the state is not the requester's", "/directive/state");
        }
        if (!directive.grantor().equals(Grantor.SELF)) {
            error("request", "the grantor is whoever answers", "/directive/grantor");
        }
    }

    private void grantees(Predicate<Grantee> own) {
        if (base.grantees() != null
                && (base.grantees().isEmpty() || !base.grantees().stream().allMatch(own))) {
            error("request", "an organisation asks for itself only", "/directive/grantees");
        }
    }

    private void onePurpose() {
        if (base.purposes() != null && base.purposes().size() != 1) {
            error("L-12", "each purpose is a question of its own", PURPOSES);
        }
    }

    private void commercial() {
        Selectors selectors = base.selectors();
        if (selectors == null || !is(Purposes::yearAtMost)) {
            return;
        }
        if (selectors.all()
                || selectors.list().stream()
                        .anyMatch(selector -> selector.categories().isEmpty())) {
            error("CS-7.2", "for this purpose every category must be named", SELECTORS);
        }
        if (selectors.list().stream()
                .anyMatch(selector -> !Collections.disjoint(selector.categories(), UNSTRUCTURED))) {
            error("CS-7.2", "files and free text are not for this purpose", SELECTORS);
        }
    }

    private void times(Instant now) {
        Window validity = base.validity() == null ? Window.ANY : base.validity();
        if (validity.until() != null && !validity.until().isAfter(now)) {
            error("request", "would be over before it is answered", "/directive/validity/end");
        }
        Instant expires = question.expiresAt();
        if (expires != null && (!expires.isAfter(now) || expires.isAfter(now.plus(LONGEST)))) {
            error("request", "a question stays open for 90 days at most", "/expiresAt");
        }
    }

    private void words(String pointer, @Nullable String words) {
        boolean plain = words == null
                || !words.isBlank()
                        && words.length() <= Question.LONGEST
                        && words.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n');
        if (!plain) {
            error("request", "must be plain text of at most " + Question.LONGEST + " characters", pointer);
        }
    }

    private boolean is(Predicate<String> purpose) {
        return base.purposes() != null
                && base.purposes().stream().map(Purposes::bare).anyMatch(purpose);
    }

    private void error(String rule, String text, String pointer) {
        issues.add(Issue.error("business-rule", rule, text, pointer));
    }

    private void warning(String rule, String text, String pointer) {
        issues.add(Issue.warning("business-rule", rule, text, pointer));
    }
}
