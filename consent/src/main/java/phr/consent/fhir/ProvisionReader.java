package phr.consent.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.consent.directive.Effect;
import phr.consent.directive.Elements;
import phr.consent.directive.Grantee;
import phr.consent.directive.Purposes;
import phr.consent.directive.Times;
import phr.consent.directive.Window;

/** Reads provisions one by one: what each states, and what cannot be used of it (consent-semantics.md §17.2). */
final class ProvisionReader {

    /** Elements of later releases that change what a provision means; they are not evaluated here. */
    private static final List<String> LATER =
            List.of("expression", "provisionReference", "documentType", "resourceType");

    private final ActorReader actors;
    private final List<Finding> findings;

    ProvisionReader(JsonNode consent, List<Finding> findings) {
        this.actors = new ActorReader(consent);
        this.findings = findings;
    }

    /** @param effect of this provision, already decided */
    Provision read(JsonNode json, Effect effect, String path) {
        Judgement judgement = new Judgement(effect, findings);
        Elements stated;
        Set<String> reasons = Set.of();
        if (foreign(json, judgement, path)) {
            stated = path.indexOf('[') < 0 ? Elements.NONE.withGrantees(names(json, judgement, path)) : Elements.NONE;
        } else {
            LabelsReader labels = LabelsReader.read(json, effect, judgement, path);
            reasons = labels.reasons();
            Set<Grantee> grantees = grantees(json, judgement, path);
            stated = new Elements(
                    grantees,
                    purposes(json, judgement, path),
                    actions(json, judgement, path),
                    new ContentReader(json, judgement, path).read(),
                    labels.rule(),
                    countries(json),
                    window(json, "dataPeriod", judgement, path),
                    window(json, "period", judgement, path));
        }
        return new Provision(json, path, effect, judgement.usable(), stated, reasons, nested(json, effect, path));
    }

    private List<Provision> nested(JsonNode json, Effect parent, String path) {
        List<Provision> nested = new ArrayList<>();
        List<JsonNode> list = Tree.list(json, "provision");
        for (int i = 0; i < list.size(); i++) {
            String at = path + ".provision[" + i + "]";
            Optional<Effect> effect = effect(list.get(i));
            if (effect.isPresent()) {
                nested.add(read(list.get(i), effect.get(), at));
            } else if (parent.permits()) {
                findings.add(Finding.broadened("CS-9", at + ".type", "a nested rule without type is read as deny"));
                nested.add(read(list.get(i), Effect.DENY, at));
            } else {
                findings.add(Finding.rejected("CS-9", at + ".type", "a nested rule without type opens nothing"));
            }
        }
        return nested;
    }

    static Optional<Effect> effect(JsonNode provision) {
        String type = String.valueOf(Tree.text(provision, "type"));
        return switch (type) {
            case "permit" -> Optional.of(Effect.PERMIT);
            case "deny" -> Optional.of(Effect.DENY);
            default -> Optional.empty();
        };
    }

    /** Something that may change everything this provision says. */
    private boolean foreign(JsonNode json, Judgement judgement, String path) {
        boolean foreign = unknownModifier(json);
        if (foreign) {
            judgement.unusable(path + ".modifierExtension", "changes the rule in a way that is not known here");
        }
        for (String name : LATER) {
            if (json.has(name)) {
                judgement.unusable(path + "." + name, "is not evaluated here");
            }
        }
        return foreign;
    }

    static boolean unknownModifier(JsonNode element) {
        return Tree.list(element, "modifierExtension").stream()
                .anyMatch(extension -> !Vocabulary.UNDERSTOOD.contains(String.valueOf(Tree.text(extension, "url"))));
    }

    private Grantee[] names(JsonNode json, Judgement judgement, String path) {
        Set<Grantee> grantees = grantees(json, judgement, path);
        return grantees == null ? new Grantee[] {Grantee.ANY} : grantees.toArray(new Grantee[0]);
    }

    private @Nullable Set<Grantee> grantees(JsonNode json, Judgement judgement, String path) {
        List<JsonNode> list = Tree.list(json, "actor");
        if (list.isEmpty()) {
            return null;
        }
        Set<Grantee> grantees = new LinkedHashSet<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode actor = list.get(i);
            String at = path + ".actor[" + i + "]";
            if (unknownModifier(actor)) {
                judgement.unusable(at + ".modifierExtension", "changes the actor in a way that is not known here");
                return judgement.permits() ? null : Set.of(Grantee.ANY);
            }
            if (judgement.permits() && ActorReader.gives(actor)) {
                judgement.dropped(at, "a custodian, author or informant receives nothing");
                continue;
            }
            Optional<Grantee> grantee = actors.grantee(actor);
            if (grantee.isPresent()) {
                grantees.add(grantee.get());
            } else if (judgement.permits()) {
                judgement.dropped(at, "names nobody whom a request could be");
            } else {
                judgement.unusable(at, "names nobody whom a request could be: everybody is denied");
                return Set.of(Grantee.ANY);
            }
        }
        if (grantees.isEmpty()) {
            judgement.unusable("L-1", path + ".actor", "no recipient is left");
            return null;
        }
        return grantees;
    }

    private static @Nullable Set<String> purposes(JsonNode json, Judgement judgement, String path) {
        List<JsonNode> list = Tree.list(json, "purpose");
        Set<String> purposes = new LinkedHashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String at = path + ".purpose[" + i + "]";
            String token = Tree.token(list.get(i));
            if (token != null && token.charAt(0) != '|' && Purposes.known(token)) {
                purposes.add(Purposes.bare(token));
            } else if (!judgement.permits()) {
                judgement.unusable("L-18", at, "a purpose that is not known here: every purpose is denied");
                return null;
            } else if (token == null) {
                judgement.dropped(at, "a purpose without code");
            } else {
                purposes.add(token);
                judgement.told(new Finding(
                        "L-18",
                        Finding.Level.WARNING,
                        at,
                        Finding.Effect.NONE,
                        "a purpose that is not known here is compared by equality only"));
            }
        }
        return list.isEmpty() ? null : remaining(purposes, judgement, path + ".purpose");
    }

    private static @Nullable Set<Action> actions(JsonNode json, Judgement judgement, String path) {
        List<JsonNode> list = Tree.list(json, "action");
        Set<Action> actions = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            Optional<Action> action = action(Tree.list(list.get(i), "coding"));
            if (action.isPresent()) {
                actions.add(action.get());
            } else if (judgement.permits()) {
                judgement.dropped(path + ".action[" + i + "]", "an action that is not known here");
            } else {
                judgement.unusable(path + ".action[" + i + "]", "an action that is not known here: all are denied");
                return null;
            }
        }
        Set<Action> remaining = list.isEmpty() ? null : remaining(actions, judgement, path + ".action");
        return remaining == null ? null : EnumSet.copyOf(remaining);
    }

    /** The project's own code says more than the standard ones beside it. */
    private static Optional<Action> action(List<JsonNode> codings) {
        Action standard = null;
        for (JsonNode coding : codings) {
            String system = coding.path("system").asText();
            String code = coding.path("code").asText();
            Action own = system.equals(Vocabulary.OWN_ACTION) ? Vocabulary.OWN_ACTIONS.get(code) : null;
            if (own != null) {
                return Optional.of(own);
            }
            if (standard == null && system.equals(Vocabulary.ACTION)) {
                standard = Vocabulary.STANDARD_ACTIONS.get(code);
            }
        }
        return Optional.ofNullable(standard);
    }

    private static <T> @Nullable Set<T> remaining(Set<T> values, Judgement judgement, String expression) {
        if (values.isEmpty()) {
            judgement.unusable("L-1", expression, "nothing usable is left");
            return null;
        }
        return values;
    }

    private static @Nullable Set<String> countries(JsonNode json) {
        Set<String> countries = new LinkedHashSet<>();
        Tree.extensions(json, "modifierExtension", Vocabulary.COUNTRY)
                .forEach(extension -> countries.add(extension.path("valueCode").asText()));
        return countries.isEmpty() ? null : countries;
    }

    private static @Nullable Window window(JsonNode json, String name, Judgement judgement, String path) {
        JsonNode period = json.path(name);
        String start = Tree.text(period, "start");
        String end = Tree.text(period, "end");
        if (start == null && end == null) {
            if (json.has(name)) {
                judgement.unusable(path + "." + name, "a period without start and end");
            }
            return null;
        }
        try {
            Instant from = start == null ? null : Times.start(start);
            Instant until = end == null ? null : Times.end(end);
            if (from == null || until == null || from.isBefore(until)) {
                return new Window(from, until);
            }
            judgement.unusable(path + "." + name, "starts after its end");
        } catch (DateTimeException e) {
            judgement.unusable(path + "." + name, "has no usable dates: a time needs an offset");
        }
        return null;
    }
}
