package phr.consent.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import phr.consent.Obligation;
import phr.consent.Predicate;
import phr.consent.engine.data.Folding;

/**
 * One way to be permitted: rows and what is promised for them.
 *
 * @param withoutRows only aggregates leave
 */
record Opening(Predicate rows, Set<Obligation> promises, boolean withoutRows) {

    /** So many ways are compiled; more are an error, which denies. */
    private static final int MOST = 4096;

    static final Opening EVERYTHING = new Opening(Predicate.ALWAYS, Set.of(), false);

    /** Runs of equal promises among permits in the order of use. */
    static List<Opening> runs(List<Coverage<Predicate>> coverages) {
        List<Opening> runs = new ArrayList<>();
        List<Predicate> rows = new ArrayList<>();
        for (int i = 0; i < coverages.size(); i++) {
            Coverage<Predicate> coverage = coverages.get(i);
            rows.add(coverage.rows());
            boolean last = i + 1 == coverages.size()
                    || !coverages.get(i + 1).promises().equals(coverage.promises());
            if (last) {
                runs.add(new Opening(Folding.any(rows), coverage.promises(), coverage.withoutRows()));
                rows = new ArrayList<>();
            }
        }
        return runs;
    }

    /**
     * Every choice of one head and one tail, in lexicographic order, so that the first that is true takes the first of each (§3).
     *
     * @throws IllegalStateException when there are too many
     */
    static List<Opening> product(List<Opening> heads, List<Opening> tails) {
        if ((long) heads.size() * tails.size() > MOST) {
            throw new IllegalStateException("more ways to be permitted than " + MOST);
        }
        List<Opening> joined = new ArrayList<>();
        heads.forEach(head -> tails.forEach(tail -> joined.add(head.and(tail))));
        return joined;
    }

    private Opening and(Opening other) {
        Set<Obligation> all = new HashSet<>(promises);
        all.addAll(other.promises);
        return new Opening(Folding.all(rows, other.rows), all, withoutRows || other.withoutRows);
    }
}
