package phr.fhir.label;

import java.util.List;
import java.util.Set;
import phr.fhir.Sha256;

/**
 * One table of rules.
 *
 * @param covered systems that the table knows as a whole, so that no hit means nothing special
 * @param digest of the text it was read from
 */
record LabelTable(String name, String version, Set<String> covered, List<LabelRule> rules, Sha256 digest) {

    LabelTable {
        covered = Set.copyOf(covered);
        rules = List.copyOf(rules);
    }
}
