package phr.consent.simulation;

import java.util.Set;
import phr.fhir.facts.Facts;

/**
 * One resource of a body.
 *
 * @param label {@code Type/id}, {@code Type} alone without id
 * @param persons whom it names, as written; empty when nobody
 * @param facts with ids that the engine knows
 * @param narrative it has a text for people
 */
record Given(int index, String label, Set<String> persons, Facts facts, boolean narrative) {

    Given {
        persons = Set.copyOf(persons);
    }
}
