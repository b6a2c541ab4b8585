package phr.consent.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import phr.consent.AccessRequest;
import phr.consent.engine.Engine;
import phr.consent.engine.Policy;
import phr.consent.trace.Outcome;
import phr.fhir.facts.Facts;

/** Resources of the body, decided under two policies of one person. One that names somebody else is nobody's. */
final class Samples {

    private final Engine.Explainer before;
    private final Engine.Explainer after;
    private final List<Given> resources;
    private final String patient;
    private final Map<String, List<Facts>> referrers = new HashMap<>();

    Samples(Policy before, Policy after, Asked asked, List<Given> resources, Instant now) {
        AccessRequest request = asked.about(before.subject());
        this.before = Engine.explainer(request, before, now);
        this.after = Engine.explainer(request, after, now);
        this.resources = resources;
        this.patient = "Patient/" + before.subject();
        for (Given given : resources) {
            given.facts().linksOut().forEach(link -> referrers
                    .computeIfAbsent(link, key -> new ArrayList<>())
                    .add(given.facts()));
        }
    }

    /** @param resource {@code Type/id} */
    record Sample(String resource, Outcome before, Outcome after) {}

    List<Sample> list() {
        return resources.stream()
                .map(given -> new Sample(given.label(), outcome(before, given), outcome(after, given)))
                .toList();
    }

    private Outcome outcome(Engine.Explainer explainer, Given given) {
        boolean hers = Set.of(patient).containsAll(given.persons());
        return hers ? explainer.explain(given.facts(), this::referringTo).outcome() : Outcome.DENY;
    }

    private Collection<Facts> referringTo(String reference) {
        return referrers.getOrDefault(reference, List.of());
    }
}
