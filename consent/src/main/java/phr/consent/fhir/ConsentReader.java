package phr.consent.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.consent.directive.Condition;
import phr.consent.directive.Directive;
import phr.consent.directive.Effect;
import phr.consent.directive.Elements;
import phr.consent.directive.Grantee;

/**
 * Reads a FHIR R4 Consent into directives (consent-semantics.md §17.2). Never fails: what cannot be used is a finding; an
 * unusable permit is none and an unusable deny is a broad one.
 */
public final class ConsentReader {

    private static final String ROOT = "Consent.provision";
    private static final Set<String> SCOPES = Set.of("patient-privacy", "research");
    private static final int DEEPEST = 2;

    private final JsonNode consent;
    private final ImportTerms terms;
    private final List<Finding> findings = new ArrayList<>();

    private ConsentReader(JsonNode consent, ImportTerms terms) {
        this.consent = consent;
        this.terms = terms;
    }

    /**
     * @param consent of the shape that {@link ConsentShape} checks
     * @param fallbackId when the Consent has no id
     */
    public static Imported read(JsonNode consent, String fallbackId, ImportTerms terms) {
        return new ConsentReader(consent, terms).imported(fallbackId);
    }

    private Imported imported(String fallbackId) {
        String patient = Tree.reference(consent.path("patient"));
        if (patient == null) {
            findings.add(Finding.rejected("CS-2", "Consent.patient", "names nobody"));
            return new Imported(null, List.of(), findings);
        }
        if (scope().isPresent() && scope().filter(SCOPES::contains).isEmpty()) {
            findings.add(Finding.notice("CS-1", "Consent.scope", "kept for the record; it opens and closes no data"));
            return new Imported(patient, List.of(), findings);
        }
        Optional<Effect> effect = effect();
        if (effect.isEmpty()) {
            findings.add(Finding.rejected("CS-9", ROOT + ".type", "neither permit nor deny"));
            return new Imported(patient, List.of(), findings);
        }
        List<Directive> directives = directives(patient, effect.get(), fallbackId);
        return new Imported(patient, directives, findings);
    }

    /** Empty without a scope. */
    private Optional<String> scope() {
        return Tree.list(consent.path("scope"), "coding").stream()
                .filter(coding -> Vocabulary.SCOPE.equals(Tree.text(coding, "system")))
                .map(coding -> coding.path("code").asText())
                .sorted((one, other) -> Boolean.compare(SCOPES.contains(other), SCOPES.contains(one)))
                .findFirst()
                .or(() -> consent.has("scope") ? Optional.of("") : Optional.empty());
    }

    /** Root type, else what OPTIN or OPTOUT in the rule of the policy says. */
    private Optional<Effect> effect() {
        Optional<Effect> stated = ProvisionReader.effect(consent.path("provision"));
        if (stated.isPresent()) {
            return stated;
        }
        for (JsonNode coding : Tree.list(consent.path("policyRule"), "coding")) {
            boolean known = Vocabulary.ACT_CODE.equals(Tree.text(coding, "system"));
            String code = coding.path("code").asText();
            if (known && code.equals("OPTIN")) {
                return Optional.of(Effect.PERMIT);
            } else if (known && code.equals("OPTOUT")) {
                return Optional.of(Effect.DENY);
            }
        }
        return Optional.empty();
    }

    private List<Directive> directives(String patient, Effect effect, String fallbackId) {
        JsonNode provision = consent.path("provision");
        Provision root = withPolicy(readable(new ProvisionReader(consent, findings).read(provision, effect, ROOT)));
        List<Draft> drafts = new ArrayList<>(Nesting.apart(shallow(root), findings));
        if (Nesting.depth(root) > DEEPEST && root.permits()) {
            return List.of();
        }
        drafts.set(0, new Draft(root, drafts.get(0).exceptions(), conditions(provision)));
        Origin origin = new Origin(consent, patient, fallbackId, terms, findings);
        List<Directive> directives = new ArrayList<>();
        for (Draft draft : drafts) {
            complete(draft).ifPresent(whole -> directives.add(origin.directive(whole, directives.size())));
        }
        return directives;
    }

    /** Something on the Consent itself may change all of it: a permit is none, a deny is for all data of its actors. */
    private Provision readable(Provision root) {
        boolean foreign = ProvisionReader.unknownModifier(consent);
        if (!foreign && !consent.has("implicitRules")) {
            return root;
        }
        String at = foreign ? "Consent.modifierExtension" : "Consent.implicitRules";
        String text = "changes the consent in a way that is not known here";
        findings.add(root.permits() ? Finding.rejected("CS-9", at, text) : Finding.broadened("CS-9", at, text));
        Set<Grantee> actors = root.stated().grantees();
        Elements left = actors == null ? Elements.NONE : Elements.NONE.withGrantees(actors.toArray(new Grantee[0]));
        List<Provision> nested = root.permits() ? root.nested() : List.of();
        return new Provision(root.json(), root.path(), root.effect(), !root.permits(), left, Set.of(), nested);
    }

    /** Three levels: the permit is none, the deny stays without its exceptions (§17.2). */
    private Provision shallow(Provision root) {
        if (Nesting.depth(root) <= DEEPEST) {
            return root;
        }
        String text = "three levels of rules need the person";
        String at = ROOT + ".provision.provision.provision";
        findings.add(root.permits() ? Finding.rejected("CS-1", at, text) : Finding.broadened("CS-1", at, text));
        return new Provision(
                root.json(), root.path(), root.effect(), root.usable(), root.stated(), root.reasons(), List.of());
    }

    /** What a known policy fixes where the root is silent. */
    private Provision withPolicy(Provision root) {
        if (!root.permits()) {
            return root;
        }
        Elements stated = root.stated();
        for (KnownPolicy policy : terms.policies()) {
            if (named(policy.uri())) {
                stated = filled(stated, policy);
            }
        }
        return new Provision(
                root.json(), root.path(), root.effect(), root.usable(), stated, root.reasons(), root.nested());
    }

    private static Elements filled(Elements stated, KnownPolicy policy) {
        Elements filled = stated;
        if (filled.grantees() == null && !policy.grantees().isEmpty()) {
            filled = filled.withGrantees(policy.grantees().toArray(new Grantee[0]));
        }
        if (filled.purposes() == null && !policy.purposes().isEmpty()) {
            filled = filled.withPurposes(policy.purposes().toArray(new String[0]));
        }
        if (filled.actions() == null && !policy.actions().isEmpty()) {
            filled = filled.withActions(policy.actions().toArray(new Action[0]));
        }
        return filled;
    }

    private boolean named(String uri) {
        boolean policy = Tree.list(consent, "policy").stream().anyMatch(each -> uri.equals(Tree.text(each, "uri")));
        return policy
                || Tree.list(consent.path("policyRule"), "coding").stream()
                        .anyMatch(coding -> uri.equals(Tree.token(coding)));
    }

    private List<Condition> conditions(JsonNode provision) {
        List<JsonNode> written =
                new ArrayList<>(Tree.extensions(provision, "modifierExtension", Vocabulary.AGGREGATE_ONLY));
        written.addAll(Tree.extensions(provision, "modifierExtension", Vocabulary.CONDITION));
        return written.stream()
                .map(ConditionExtension::read)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Defaults by effect; empty for a permit that lacks what only the person can say (L-1). */
    private Optional<Draft> complete(Draft draft) {
        Provision base = draft.base();
        if (!base.permits()) {
            boolean anybody = base.stated().grantees() == null;
            Elements stated = anybody ? base.stated().withGrantees(Grantee.ANY) : base.stated();
            return Optional.of(with(draft, base, stated));
        }
        if (!base.usable()) {
            return Optional.empty();
        }
        Elements stated = base.withData();
        required(stated.grantees(), base, "actor");
        required(stated.purposes(), base, "purpose");
        if (stated.grantees() == null || stated.purposes() == null) {
            return Optional.empty();
        }
        return Optional.of(with(draft, base, stated.actions() == null ? stated.withActions(Action.READ) : stated));
    }

    private void required(@Nullable Object element, Provision base, String name) {
        if (element == null) {
            findings.add(Finding.rejected(
                    "L-1", base.path() + "." + name, "a permit must say this, and no known policy does"));
        }
    }

    private static Draft with(Draft draft, Provision base, Elements stated) {
        Provision whole = new Provision(
                base.json(), base.path(), base.effect(), base.usable(), stated, base.reasons(), base.nested());
        return new Draft(whole, draft.exceptions(), draft.conditions());
    }
}
