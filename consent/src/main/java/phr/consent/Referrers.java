package phr.consent;

import java.util.Collection;
import java.util.List;
import phr.fhir.facts.Facts;

/** Finds the resources of the same person that refer to a reference {@code Type/id}. */
@FunctionalInterface
public interface Referrers {

    /** Nothing refers to anything. */
    Referrers NONE = reference -> List.of();

    Collection<Facts> of(String reference);

    /** Looks among these resources. */
    static Referrers among(Collection<Facts> resources) {
        return reference -> resources.stream()
                .filter(facts -> facts.linksOut().contains(reference))
                .toList();
    }
}
