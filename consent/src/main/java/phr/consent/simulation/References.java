package phr.consent.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;
import phr.consent.directive.Elements;
import phr.consent.directive.ExceptionClause;
import phr.consent.directive.Grantor;
import phr.consent.directive.Selector;
import phr.consent.directive.Selectors;
import phr.fhir.Ids;

/** Ids of a body are any text, those of the engine are UUIDs: each text gets its own, the same wherever it stands. */
final class References {

    private static final UUID NAMESPACE = Ids.namespace("urn:phr:simulation");

    private final Map<String, String> authorities = new HashMap<>();

    static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            return Ids.v5(NAMESPACE, id);
        }
    }

    /** {@code Type/id} with the id that the engine knows. */
    static String local(String reference) {
        int slash = reference.indexOf('/');
        return slash < 0 ? reference : reference.substring(0, slash + 1) + uuid(reference.substring(slash + 1));
    }

    static Set<String> local(Set<String> references) {
        Set<String> local = new HashSet<>();
        references.forEach(reference -> local.add(local(reference)));
        return local;
    }

    UUID authority(String id) {
        UUID known = uuid(id);
        authorities.put(known.toString(), id);
        return known;
    }

    /** The authority as the body calls it. */
    @Nullable
    String written(@Nullable String authority) {
        return authority == null ? null : authorities.getOrDefault(authority, authority);
    }

    /** The directive with the references that the engine knows. */
    static Directive local(Directive directive) {
        List<ExceptionClause> exceptions = directive.exceptions().stream()
                .map(exception -> new ExceptionClause(exception.effect(), local(exception.elements())))
                .toList();
        Grantor grantor = directive.grantor();
        return new Directive(
                directive.id(),
                directive.version(),
                directive.state(),
                directive.effect(),
                directive.phase(),
                local(directive.base()),
                exceptions,
                directive.conditions(),
                directive.emergency(),
                grantor);
    }

    private static Elements local(Elements elements) {
        Selectors selectors = elements.selectors();
        if (selectors == null || selectors.all()) {
            return elements;
        }
        return elements.withSelectors(new Selectors(
                false, selectors.list().stream().map(References::local).toList()));
    }

    private static Selector local(Selector selector) {
        return selector.withInstances(local(selector.instances()))
                .withRelatedTo(selector.relatedTo().stream()
                        .map(relation -> new Selector.RelatedTo(relation.meaning(), local(relation.reference())))
                        .toList());
    }
}
