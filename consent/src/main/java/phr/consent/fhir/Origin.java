package phr.consent.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;
import phr.consent.directive.Emergency;
import phr.consent.directive.Grantor;
import phr.consent.directive.Phase;
import phr.consent.directive.State;
import phr.consent.directive.Times;

/** What one Consent says about all directives made of it: id, version, state, who gave it and when. */
final class Origin {

    private final JsonNode consent;
    private final ImportTerms terms;
    private final List<Finding> findings;
    private final String id;
    private final int version;
    private final @Nullable String performer;

    Origin(JsonNode consent, String patient, String fallbackId, ImportTerms terms, List<Finding> findings) {
        this.consent = consent;
        this.terms = terms;
        this.findings = findings;
        String stated = Tree.text(consent, "id");
        this.id = stated == null ? fallbackId : stated;
        this.version = version(Tree.text(consent, "meta", "versionId"));
        this.performer = performer(patient);
        if (status() != State.ACTIVE) {
            findings.add(
                    Finding.notice("CS-1", "Consent.status", "kept for the record; only an active one has effect"));
        }
    }

    /** @param number 0 for the root */
    Directive directive(Draft draft, int number) {
        boolean permits = draft.base().permits();
        Directive active = new Directive(
                number == 0 ? id : id + "." + number,
                version,
                State.ACTIVE,
                draft.base().effect(),
                phase(),
                draft.base().stated(),
                draft.exceptions(),
                permits ? draft.conditions() : List.of(),
                permits ? null : emergency(),
                Grantor.SELF);
        Optional<Grantor> grantor = grantor(active);
        boolean pending = permits && (grantor.isEmpty() || !terms.confirmed());
        State state = status() == State.ACTIVE && pending ? State.PENDING_RECONSENT : status();
        return new Directive(
                active.id(),
                version,
                state,
                active.effect(),
                active.phase(),
                active.base(),
                active.exceptions(),
                active.conditions(),
                active.emergency(),
                grantor.orElse(new Grantor(Grantor.Capacity.NAMED_PROXY, null)));
    }

    /** Empty for a permit of somebody who had no power to give it. */
    private Optional<Grantor> grantor(Directive active) {
        if (performer == null) {
            return Optional.of(Grantor.SELF);
        }
        Optional<Grantor> grantor = terms.authorisation().of(performer, actedAt(), active);
        if (grantor.isEmpty() && active.effect().permits()) {
            findings.add(new Finding(
                    "L-3",
                    Finding.Level.ERROR,
                    "Consent.performer",
                    Finding.Effect.NONE,
                    "no authority allowed this permit; it waits for the person"));
        }
        return grantor;
    }

    private @Nullable String performer(String patient) {
        String other = null;
        for (JsonNode reference : Tree.list(consent, "performer")) {
            String named = Tree.reference(reference);
            if (patient.equals(named)) {
                return null;
            }
            other = named == null ? "" : named;
        }
        return other;
    }

    /** Without a usable time of the act: now. */
    private Instant actedAt() {
        String written = Tree.text(consent, "dateTime");
        try {
            return written == null ? terms.now() : Times.start(written);
        } catch (DateTimeException e) {
            return terms.now();
        }
    }

    private State status() {
        State own = ownState();
        String status = String.valueOf(Tree.text(consent, "status"));
        return switch (status) {
            case "active" -> State.ACTIVE;
            case "proposed", "draft" -> own == State.PENDING_RECONSENT ? own : State.PROPOSED;
            case "rejected" -> State.REFUSED;
            case "entered-in-error" -> State.ENTERED_IN_ERROR;
            default -> own == State.FROZEN || own == State.SUSPENDED || own == State.SUPERSEDED ? own : State.REVOKED;
        };
    }

    private @Nullable State ownState() {
        for (JsonNode extension : Tree.extensions(consent, "extension", Vocabulary.STATE)) {
            for (State state : State.values()) {
                if (state.name().equals(Tree.text(extension, "valueCode"))) {
                    return state;
                }
            }
        }
        return null;
    }

    private @Nullable Phase phase() {
        for (JsonNode extension : modifiers(Vocabulary.PHASE)) {
            for (Phase phase : Phase.values()) {
                if (phase.name().equals(Tree.text(extension, "valueCode"))) {
                    return phase;
                }
            }
        }
        return null;
    }

    /** A deny of another system never said that an emergency may override it (P-35). */
    private Emergency emergency() {
        boolean allowed = modifiers(Vocabulary.EMERGENCY).stream()
                .anyMatch(extension -> Emergency.ALLOWED.code().equals(Tree.text(extension, "valueCode")));
        return allowed ? Emergency.ALLOWED : Emergency.NEVER;
    }

    private List<JsonNode> modifiers(String url) {
        return Tree.extensions(consent.path("provision"), "modifierExtension", url);
    }

    private static int version(@Nullable String written) {
        return written != null && written.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(written) : 1;
    }
}
