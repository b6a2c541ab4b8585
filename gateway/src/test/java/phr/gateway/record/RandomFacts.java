package phr.gateway.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.consent.Predicate;
import phr.consent.Predicate.Scalar;
import phr.consent.Predicate.SetFact;
import phr.fhir.PersonId;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.Tokens;

/** Random facts and predicates over a small vocabulary, so that they meet. */
final class RandomFacts {

    static final List<String> TYPES = List.of("Observation", "Encounter", "Organization", "DocumentReference");
    private static final List<String> WORDS = List.of("a", "b", "c", "s|x", "s|y", "'; DROP TABLE document --");

    private final Random random;
    private final PersonId person;
    private final int size;

    RandomFacts(Random random, PersonId person, int size) {
        this.random = random;
        this.person = person;
        this.size = size;
    }

    List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Sample bare = bare(i);
            samples.add(bare.facts(new Facts(
                    bare.facts().type(),
                    bare.id(),
                    maybe(),
                    maybe(),
                    maybe(),
                    tokens(),
                    tokens(),
                    tokens(),
                    references(),
                    labels(),
                    time(random))));
        }
        return samples;
    }

    private Sample bare(int number) {
        return Sample.of(person, TYPES.get(number % TYPES.size()), "s" + number);
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private Set<String> words() {
        Set<String> words = new HashSet<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            words.add(word());
        }
        return words;
    }

    private @Nullable String maybe() {
        return random.nextBoolean() ? word() : null;
    }

    private Tokens tokens() {
        return switch (random.nextInt(4)) {
            case 0 -> Tokens.ABSENT;
            case 1 -> Tokens.UNKNOWN;
            default -> Tokens.of(words());
        };
    }

    /** To resources of the record, and now and then to one that is not there. */
    private Set<String> references() {
        Set<String> references = new HashSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            references.add(bare(random.nextInt(size + 2)).reference());
        }
        return references;
    }

    private Labels labels() {
        Confidentiality level = Confidentiality.values()[random.nextInt(Confidentiality.values().length)];
        Set<String> codes = random.nextBoolean() ? Set.of() : words();
        return random.nextInt(4) == 0 ? Labels.UNLABELLED : new Labels(true, level, codes);
    }

    static DataTime time(Random random) {
        return random.nextInt(5) == 0
                ? DataTime.UNKNOWN
                : DataTime.between(
                        random.nextInt(6) == 0 ? null : instant(random, 0, 10),
                        random.nextInt(6) == 0 ? null : instant(random, 11, 20));
    }

    /** On one of a few days, so that ends coincide. */
    static Instant instant(Random random, int from, int to) {
        return Instant.ofEpochSecond(1_700_000_000L + 86_400L * (from + random.nextInt(to - from + 1)));
    }

    Predicate predicate(int depth) {
        int kind = depth == 0 ? 4 : random.nextInt(6);
        return switch (kind) {
            case 0 -> new Predicate.All(parts(depth));
            case 1 -> new Predicate.Any(parts(depth));
            case 2 -> new Predicate.Not(predicate(depth - 1));
            case 3 -> new Predicate.ReferredToBy(predicate(depth - 1));
            default -> leaf(random.nextInt(LEAVES));
        };
    }

    private List<Predicate> parts(int depth) {
        List<Predicate> parts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            parts.add(predicate(depth - 1));
        }
        return parts;
    }

    static final int LEAVES = 19;

    /** One leaf of each kind, by number. */
    Predicate leaf(int number) {
        if (number < 5) {
            return in(Scalar.values()[number]);
        }
        if (number < 10) {
            return overlaps(SetFact.values()[number - 5]);
        }
        return switch (number) {
            case 10 -> new Predicate.AtMost(Confidentiality.values()[random.nextInt(Confidentiality.values().length)]);
            case 11 -> new Predicate.Labelled();
            case 12 -> new Predicate.Sensitive();
            case 13 -> new Predicate.SensitivitiesWithin(random.nextInt(4) == 0 ? Set.of() : words());
            case 14 -> new Predicate.SensitivitiesOverlap(random.nextInt(4) == 0 ? Set.of() : words());
            case 15 -> new Predicate.TimeWithin(end(), end());
            case 16 -> new Predicate.TimeTouches(end(), end());
            case 17 -> new Predicate.ReferredToBy(leaf(random.nextInt(17)));
            default -> new Predicate.Constant(random.nextBoolean());
        };
    }

    private @Nullable Instant end() {
        return random.nextInt(4) == 0 ? null : instant(random, 0, 20);
    }

    private Predicate in(Scalar fact) {
        return switch (fact) {
            case TYPE -> new Predicate.In(fact, Set.of(TYPES.get(random.nextInt(TYPES.size()))));
            case REFERENCE -> new Predicate.In(fact, references());
            default -> new Predicate.In(fact, words());
        };
    }

    private Predicate overlaps(SetFact fact) {
        boolean links = fact == SetFact.LINKS_IN || fact == SetFact.LINKS_OUT;
        return new Predicate.Overlaps(fact, links ? references() : words(), random.nextBoolean());
    }
}
