package phr.consent.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.consent.directive.Effect;
import phr.consent.directive.Elements;
import phr.consent.directive.Grantee;
import phr.consent.directive.LabelRule;
import phr.consent.directive.Purposes;
import phr.consent.directive.Sensitivities;
import phr.consent.directive.Times;
import phr.consent.directive.Window;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.Labels;

/** Writes the elements of a directive or exception as provision (consent-semantics.md §17.1). */
final class ElementsWriter {

    private static final Map<Action, String> STANDARD = Vocabulary.STANDARD_ACTIONS.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    private static final Map<Grantee.Kind, Set<String>> TYPES = Map.of(
            Grantee.Kind.ORGANISATION, Set.of("Organization"),
            Grantee.Kind.APP, Set.of("Device"),
            Grantee.Kind.PERSON, Set.of("Practitioner", "PractitionerRole", "RelatedPerson", "Patient"),
            Grantee.Kind.GROUP, Set.of("Group", "CareTeam"));

    private final ObjectNode provision;
    private final Effect effect;

    ElementsWriter(ObjectNode provision, Effect effect) {
        this.provision = provision;
        this.effect = effect;
    }

    /** @param modifiers of the rule; those of the elements are added */
    void write(Elements elements, ArrayNode modifiers) {
        provision.put("type", effect.permits() ? "permit" : "deny");
        period("period", elements.validity());
        actors(elements.grantees());
        actions(elements.actions());
        labels(elements.labels(), modifiers);
        purposes(elements.purposes());
        new ContentWriter(provision, modifiers).write(elements.selectors());
        period("dataPeriod", elements.dataPeriod());
        if (elements.countries() != null) {
            elements.countries().stream()
                    .sorted()
                    .forEach(country ->
                            modifiers.addObject().put("url", Vocabulary.COUNTRY).put("valueCode", country));
        }
        if (!modifiers.isEmpty()) {
            provision.set("modifierExtension", modifiers);
        }
    }

    private void period(String name, @Nullable Window window) {
        if (window == null || window.any()) {
            return;
        }
        ObjectNode period = provision.putObject(name);
        if (window.from() != null) {
            period.put("start", Times.writtenStart(window.from()));
        }
        if (window.until() != null) {
            period.put("end", Times.writtenEnd(window.until()));
        }
    }

    private void actors(@Nullable Set<Grantee> grantees) {
        if (grantees == null) {
            return;
        }
        ArrayNode actors = provision.putArray("actor");
        grantees.stream().sorted().forEach(grantee -> {
            ObjectNode actor = actors.addObject();
            ConsentWriter.coding(actor.putObject("role"), Vocabulary.PARTICIPATION, "IRCP");
            reference(actor.putObject("reference"), grantee);
        });
    }

    /** By reference where that says the same; else by an identifier that names the kind. */
    private static void reference(ObjectNode reference, Grantee grantee) {
        int slash = grantee.id().indexOf('/');
        String type = slash < 0 ? "" : grantee.id().substring(0, slash);
        boolean plain = grantee.id().matches("[A-Z][A-Za-z]{1,40}/[A-Za-z0-9.-]{1,64}");
        if (plain
                && !grantee.includeUnits()
                && TYPES.getOrDefault(grantee.kind(), Set.of()).contains(type)) {
            reference.put("reference", grantee.id());
        } else {
            reference
                    .putObject("identifier")
                    .put("system", Vocabulary.GRANTEE)
                    .put("value", ActorReader.identifier(grantee));
        }
    }

    private void actions(@Nullable Set<Action> actions) {
        if (actions == null) {
            return;
        }
        ArrayNode list = provision.putArray("action");
        actions.stream().sorted().forEach(action -> action(list.addObject().putArray("coding"), action));
    }

    /** An export is to collect and to access; the project's own code keeps it apart from both. */
    private static void action(ArrayNode codings, Action action) {
        String standard = STANDARD.get(action);
        if (standard != null) {
            coding(codings, Vocabulary.ACTION, standard);
            return;
        }
        coding(codings, Vocabulary.OWN_ACTION, action.code());
        if (action == Action.EXPORT) {
            coding(codings, Vocabulary.ACTION, "collect");
            coding(codings, Vocabulary.ACTION, "access");
        }
    }

    private void purposes(@Nullable Set<String> purposes) {
        if (purposes == null) {
            return;
        }
        ArrayNode list = provision.putArray("purpose");
        purposes.stream().sorted().forEach(purpose -> {
            boolean known = Purposes.known(purpose);
            int bar = purpose.indexOf('|');
            coding(list, Purposes.system(purpose), known ? Purposes.bare(purpose) : purpose.substring(bar + 1));
        });
    }

    /** Every level up to max, every level from min up, every sensitivity; exactly by extension where listing says less. */
    private void labels(@Nullable LabelRule rule, ArrayNode modifiers) {
        if (rule == null || rule.any()) {
            return;
        }
        ArrayNode list = provision.putArray("securityLabel");
        for (Confidentiality level : Confidentiality.values()) {
            boolean listed = rule.level() != null
                    && (effect.permits()
                            ? level.atMost(rule.level())
                            : rule.level().atMost(level));
            if (listed) {
                coding(list, Confidentiality.SYSTEM, level.name());
            }
        }
        rule.sensitivities().stream().sorted().forEach(code -> sensitivity(list, code));
        if (effect.permits() && !rule.anySensitivity() && rule.sensitivities().isEmpty()) {
            ArrayNode parts =
                    modifiers.addObject().put("url", Vocabulary.LABEL_RULE).putArray("extension");
            parts.addObject().put("url", "level").put("valueCode", String.valueOf(rule.level()));
        }
    }

    private static void sensitivity(ArrayNode list, String code) {
        int bar = code.indexOf('|');
        if (bar < 0 || Sensitivities.CODES.contains(code)) {
            coding(list, Labels.SENSITIVITY_SYSTEM, code);
        } else {
            coding(list, code.substring(0, bar), code.substring(bar + 1));
        }
    }

    static void coding(ArrayNode list, String system, String code) {
        list.addObject().put("system", system).put("code", code);
    }
}
