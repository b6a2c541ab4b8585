package phr.gateway.consents.resource;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import phr.consent.directive.Directive;
import phr.consent.directive.Grantee;
import phr.consent.directive.State;
import phr.consent.fhir.ConsentReader;
import phr.consent.fhir.ConsentShape;
import phr.consent.fhir.DirectiveFindings;
import phr.consent.fhir.Finding;
import phr.consent.fhir.ImportTerms;
import phr.consent.fhir.Imported;
import phr.consent.ledger.ConsentLedger;
import phr.consent.ledger.Recorded;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.Issue;
import phr.gateway.caller.Caller;
import phr.gateway.consents.ConsentActs;
import phr.gateway.consents.Registry;

/** A Consent that the person writes becomes directives of her own, all of them or none. */
@ApplicationScoped
class ConsentCreation {

    private static final String CANNOT = "cannot be kept as it is written";

    private final ConsentLedger ledger;
    private final Registry registry;
    private final ConsentActs acts;
    private final Clock clock;

    ConsentCreation(ConsentLedger ledger, Registry registry, ConsentActs acts, Clock clock) {
        this.ledger = ledger;
        this.registry = registry;
        this.acts = acts;
        this.clock = clock;
    }

    /**
     * @return the directives, the root first
     * @throws phr.fhir.failure.FailureException MALFORMED for another shape; INVALID with the lint, located by FHIRPath
     */
    @Transactional
    List<Recorded> create(Caller caller, PersonId person, JsonNode consent) {
        List<Issue> shape = ConsentShape.check(consent, "");
        if (!shape.isEmpty()) {
            throw new Failure(Category.MALFORMED, shape).exception();
        }
        Instant now = clock.instant();
        ImportTerms terms = new ImportTerms(List.of(), ImportTerms.Authorisation.NONE, true, now);
        Imported imported = ConsentReader.read(consent, "draft", terms);
        require(imported, person, now);
        List<Recorded> recorded = new ArrayList<>();
        for (Directive directive : imported.directives()) {
            Directive draft = local(directive.as("", 1, State.ACTIVE));
            registry.requireKnown(draft);
            recorded.add(ledger.grant(person, draft, registry, acts.of(caller)));
        }
        recorded.forEach(each -> acts.log(caller, person, "grant", each));
        return recorded;
    }

    private void require(Imported imported, PersonId person, Instant now) {
        List<Finding> findings = new ArrayList<>(imported.findings());
        imported.directives()
                .forEach(directive -> findings.addAll(DirectiveFindings.ofConsent(directive, now, registry::of)));
        List<Issue> issues = new ArrayList<>();
        findings.forEach(finding -> issues.add(issue(finding)));
        if (!("Patient/" + person).equals(imported.patient())) {
            issues.add(Issue.error("business-rule", "CS-2", "must be the person who writes it", "Consent.patient"));
        }
        boolean acts = imported.directives().stream().allMatch(directive -> directive.state() == State.ACTIVE);
        if (imported.directives().isEmpty() || !acts) {
            issues.add(Issue.error("business-rule", "CS-1", CANNOT, "Consent"));
        }
        if (issues.stream().anyMatch(issue -> issue.severity() == Issue.Severity.ERROR)) {
            throw new Failure(Category.INVALID, issues).exception();
        }
    }

    private static Issue issue(Finding finding) {
        boolean error = finding.level() == Finding.Level.ERROR || finding.effect() == Finding.Effect.REJECTED;
        String code = finding.id().equals("L-18") ? "code-invalid" : "business-rule";
        return new Issue(
                error
                        ? Issue.Severity.ERROR
                        : finding.level() == Finding.Level.NOTICE ? Issue.Severity.INFORMATION : Issue.Severity.WARNING,
                code,
                finding.id(),
                finding.text(),
                List.of(finding.expression()),
                null);
    }

    /** Applications are called by their client id here. */
    private static Directive local(Directive directive) {
        Set<Grantee> grantees = directive.base().grantees();
        if (grantees == null) {
            return directive;
        }
        Set<Grantee> own = grantees.stream()
                .map(grantee -> grantee.kind() == Grantee.Kind.APP
                                && grantee.id().toLowerCase(Locale.ROOT).startsWith("device/")
                        ? Grantee.of(Grantee.Kind.APP, grantee.id().substring("device/".length()))
                        : grantee)
                .collect(Collectors.toSet());
        return directive.withBase(directive.base().withGrantees(own.toArray(new Grantee[0])));
    }
}
