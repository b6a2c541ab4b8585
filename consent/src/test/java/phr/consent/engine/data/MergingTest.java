package phr.consent.engine.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import phr.consent.Evaluation;
import phr.consent.Predicate;
import phr.consent.Predicate.Scalar;
import phr.consent.Predicate.SetFact;
import phr.consent.Referrers;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.Tokens;

class MergingTest {

    private static final List<String> VALUES = List.of("a", "b", "c", "d");

    @Test
    void twoHundredConsentsThatNameACategoryEachAreOneTest() {
        List<Predicate> each = IntStream.range(0, 200)
                .mapToObj(i -> Folding.all(
                        overlaps(SetFact.CATEGORIES, "category-" + i, false), new Predicate.AtMost(Confidentiality.N)))
                .toList();
        Predicate.All merged = (Predicate.All) Folding.any(each);
        assertEquals(2, merged.parts().size());
        assertEquals(200, ((Predicate.Overlaps) merged.parts().get(0)).values().size());
    }

    @Test
    void whatIsReadDifferentlyWhenUnknownStaysApart() {
        Predicate both = Folding.any(overlaps(SetFact.CODES, "a", false), overlaps(SetFact.CODES, "b", true));
        assertEquals(2, ((Predicate.Any) both).parts().size());
    }

    @Test
    void alternativesMeanTheSameMergedOrNot() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Evaluation evaluation = new Evaluation(Referrers.NONE);
        for (int i = 0; i < 20_000; i++) {
            List<Predicate> alternatives = new ArrayList<>();
            for (int n = random.nextInt(7); n >= 0; n--) {
                alternatives.add(conjunction(random));
            }
            Facts facts = facts(random);
            boolean plain = evaluation.holds(new Predicate.Any(alternatives), facts);
            assertEquals(plain, evaluation.holds(Folding.any(alternatives), facts), "seed " + seed + " case " + i);
        }
    }

    private static Predicate conjunction(Random random) {
        List<Predicate> parts = new ArrayList<>();
        for (int n = random.nextInt(4); n >= 0; n--) {
            Predicate leaf = leaf(random);
            parts.add(random.nextInt(4) == 0 ? Folding.not(leaf) : leaf);
        }
        return Folding.all(parts);
    }

    private static Predicate leaf(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> new Predicate.In(Scalar.TYPE, Set.of(one(random)));
            case 1 -> new Predicate.In(Scalar.SOURCE, Set.of(one(random)));
            case 2 -> new Predicate.AtMost(Confidentiality.values()[random.nextInt(Confidentiality.values().length)]);
            case 3 -> overlaps(SetFact.CODES, one(random), random.nextBoolean());
            default -> overlaps(SetFact.CATEGORIES, one(random), random.nextBoolean());
        };
    }

    private static Predicate overlaps(SetFact fact, String value, boolean whenUnknown) {
        return new Predicate.Overlaps(fact, Set.of(value), whenUnknown);
    }

    private static Facts facts(Random random) {
        return new Facts(
                one(random),
                new UUID(0, 1),
                null,
                random.nextBoolean() ? one(random) : null,
                null,
                tokens(random),
                tokens(random),
                Tokens.ABSENT,
                Set.of(),
                random.nextBoolean() ? Labels.NORMAL : Labels.UNLABELLED,
                DataTime.UNKNOWN);
    }

    private static Tokens tokens(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Tokens.UNKNOWN;
            case 1 -> Tokens.ABSENT;
            case 2 -> Tokens.of(Set.of(one(random)));
            default -> Tokens.of(new HashSet<>(List.of(one(random), one(random))));
        };
    }

    private static String one(Random random) {
        return VALUES.get(random.nextInt(VALUES.size()));
    }
}
