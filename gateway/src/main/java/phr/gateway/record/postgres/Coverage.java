package phr.gateway.record.postgres;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import phr.consent.Grant;
import phr.consent.Permit;
import phr.consent.Predicate;
import phr.fhir.facts.Facts;
import phr.fhir.normalise.Original;
import phr.fhir.validate.Document;
import phr.fhir.validate.Validated;

/**
 * Whether a permit to contribute covers a batch. A recipient may write only what its grants cover; what merely accompanies that
 * (the original it sent, its DocumentReference, Provenance) comes along when at least one other resource is covered and none is
 * uncovered, since it holds nothing that the sender did not send.
 */
final class Coverage {

    private Coverage() {}

    static boolean covers(Permit permit, Validated batch) {
        List<Facts> all = batch.documents().stream().map(Document::facts).toList();
        Predicate granted =
                new Predicate.Any(permit.grants().stream().map(Grant::predicate).toList());
        Set<String> descriptions = batch.originals().stream()
                .map(Original::documentReference)
                .map(id -> "DocumentReference/" + id)
                .collect(Collectors.toSet());
        List<Facts> content =
                all.stream().filter(facts -> !accompanies(facts, descriptions)).toList();
        List<Facts> tested = content.isEmpty() ? all : content;
        boolean something = !tested.isEmpty() || granted.equals(new Predicate.Any(List.of(Predicate.ALWAYS)));
        return something && tested.stream().allMatch(facts -> new FactsTest(all).test(granted, facts));
    }

    private static boolean accompanies(Facts facts, Set<String> descriptions) {
        return facts.type().equals("Provenance") || descriptions.contains(facts.reference());
    }
}
