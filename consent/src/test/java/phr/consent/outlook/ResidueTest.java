package phr.consent.outlook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import phr.consent.Evaluation;
import phr.consent.Predicate;
import phr.consent.Referrers;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;
import phr.fhir.facts.Tokens;

/** What the default labels of a category settle (consent-semantics.md §6.1, §8): folded away without changing an answer. */
class ResidueTest {

    private static final Predicate SENSITIVE = new Predicate.Sensitive();
    private static final Predicate MIND = new Predicate.SensitivitiesOverlap(Set.of("MH", "PSY"));
    private static final Predicate HIV = new Predicate.SensitivitiesOverlap(Set.of("HIV"));
    private static final List<Predicate> LEAVES = List.of(
            SENSITIVE,
            MIND,
            HIV,
            new Predicate.AtMost(Confidentiality.N),
            new Predicate.AtMost(Confidentiality.R),
            new Predicate.SensitivitiesWithin(Set.of()),
            new Predicate.SensitivitiesWithin(Set.of("MH", "PSY", "HIV")),
            new Predicate.Labelled(),
            new Predicate.Overlaps(Predicate.SetFact.CATEGORIES, Set.of("lab"), false),
            new Predicate.Overlaps(Predicate.SetFact.CODES, Set.of("s|c"), true),
            new Predicate.In(Predicate.Scalar.TYPE, Set.of("Observation")));

    private static Facts resource(PhrCategory category, Labels labels) {
        return new Facts(
                "Observation",
                new UUID(1, 1),
                null,
                null,
                null,
                Tokens.of(Set.of(category.code())),
                Tokens.ABSENT,
                Tokens.ABSENT,
                Set.of(),
                labels,
                DataTime.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource(PhrCategory.class)
    void theAnswerForAResourceOfTheCategoryStaysTheSame(PhrCategory category) {
        Evaluation evaluation = new Evaluation(Referrers.NONE);
        Labels more = new Labels(true, Confidentiality.V, Set.of("HIV"));
        for (Labels labels : List.of(category.defaults(), category.defaults().raisedBy(more))) {
            Facts facts = resource(category, labels);
            for (Predicate leaf : LEAVES) {
                for (Predicate predicate : List.of(leaf, new Predicate.Not(leaf), new Predicate.All(List.of(leaf)))) {
                    assertEquals(
                            evaluation.holds(predicate, facts),
                            evaluation.holds(new Residue(category).of(predicate), facts),
                            () -> category + " " + predicate);
                }
            }
        }
    }

    @Test
    void whatTheDefaultsSettleIsFoldedAway() {
        Residue mind = new Residue(PhrCategory.parse("mental-health"));
        Residue lab = new Residue(PhrCategory.parse("lab"));
        assertEquals(Predicate.ALWAYS, mind.of(SENSITIVE));
        assertEquals(SENSITIVE, lab.of(SENSITIVE));
        assertEquals(Predicate.ALWAYS, mind.of(MIND));
        assertEquals(HIV, mind.of(HIV));
        assertEquals(MIND, lab.of(MIND));
        assertEquals(Predicate.NEVER, mind.of(new Predicate.AtMost(Confidentiality.N)));
        assertEquals(Predicate.NEVER, mind.of(new Predicate.SensitivitiesWithin(Set.of())));
        assertEquals(Predicate.NEVER, lab.of(new Predicate.ReferredToBy(Predicate.ALWAYS)));
    }
}
