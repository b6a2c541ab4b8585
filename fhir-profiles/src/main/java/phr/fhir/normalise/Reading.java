package phr.fhir.normalise;

import java.util.HashSet;
import java.util.Set;
import phr.fhir.facts.Labels;

/**
 * One reading of one file: what its batches have to know of each other. The file's original comes last or first, its
 * resources may fill many batches.
 */
public final class Reading {

    /** Provenance names its targets one by one up to this number; beyond it nobody asks. */
    private static final int REMEMBERED = 2000;

    private final Set<String> leftOut = new HashSet<>();
    private Labels content = Labels.NORMAL;
    private boolean originalRefused;

    /** The file holds something that must not be stored (a My Number): its original is not kept. */
    public void refuseOriginal() {
        originalRefused = true;
    }

    public boolean originalRefused() {
        return originalRefused;
    }

    /** A proposed resource, {@code Type/id}, did not pass. */
    public void leaveOut(String reference) {
        if (leftOut.size() < REMEMBERED) {
            leftOut.add(reference);
        }
    }

    public boolean leftOut(String reference) {
        return leftOut.contains(reference);
    }

    /** Labels of a resource mapped from the file; the original carries them all (consent-semantics.md §8, raw-file). */
    public void carry(Labels labels) {
        content = content.raisedBy(labels);
    }

    /** The strictest labels of what was mapped so far. */
    public Labels carried() {
        return content;
    }
}
