package phr.gateway.record.postgres;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import phr.consent.Evaluation;
import phr.consent.Grant;
import phr.consent.Permit;
import phr.consent.Predicate;
import phr.consent.Referrers;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Tokens;
import phr.fhir.normalise.Original;
import phr.fhir.sample.Sample;
import phr.fhir.sample.Shape;
import phr.fhir.validate.Document;
import phr.fhir.validate.Validated;

/**
 * Whether a permit to contribute covers a batch: its grants must hold for every resource, as if the batch were the record.
 *
 * <p>Some resources only accompany others and are not tested when those are: types without a consent category of their own
 * (Organization, Device, Provenance …), and an original with its description when something was mapped from it. They hold nothing
 * that the covered resources of the same sender do not come from.
 */
final class Coverage {

    private final Evaluation evaluation;
    private final Predicate granted;

    private Coverage(Permit permit, List<Facts> record) {
        this.evaluation = new Evaluation(Referrers.among(record));
        this.granted =
                new Predicate.Any(permit.grants().stream().map(Grant::predicate).toList());
    }

    /** @param binaries facts of the originals */
    static boolean covers(Permit permit, Validated batch, List<Facts> binaries) {
        List<Facts> documents = batch.documents().stream().map(Document::facts).toList();
        Coverage coverage = new Coverage(permit, documents);
        Set<String> mapped = batch.originals().stream()
                .filter(original -> !original.mapped().isEmpty())
                .flatMap(Coverage::references)
                .collect(Collectors.toSet());
        List<Facts> all = new ArrayList<>(documents);
        all.addAll(binaries);
        List<Facts> content = all.stream()
                .filter(facts -> facts.categories().state() != Tokens.State.ABSENT)
                .filter(facts -> !mapped.contains(facts.reference()))
                .toList();
        boolean accompanied =
                !content.isEmpty() || !mapped.isEmpty() || !batch.samples().isEmpty();
        return (accompanied ? content : all).stream().allMatch(coverage::of) && coverage.of(batch.samples());
    }

    /** What the samples of a series share is decided once; their times and ids one by one, if they matter. */
    private boolean of(List<Sample> samples) {
        Map<Shape, Predicate> rests = new IdentityHashMap<>();
        return samples.stream().allMatch(sample -> {
            Predicate rest = rests.computeIfAbsent(sample.shape(), shape -> new Settled(shape.facts()).rest(granted));
            return rest instanceof Predicate.Constant constant
                    ? constant.value()
                    : evaluation.holds(rest, sample.shape().facts(sample));
        });
    }

    private static Stream<String> references(Original original) {
        return Stream.of("DocumentReference/" + original.documentReference(), "Binary/" + original.binary());
    }

    private boolean of(Facts facts) {
        return evaluation.holds(granted, facts);
    }
}
