package phr.fhir.normalise;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Issue;
import phr.fhir.sample.Shapes;

/**
 * One reading of one file: what its batches have to know of each other. The file's original comes last or first, its
 * resources may fill many batches.
 */
public final class Reading {

    /** Provenance names its targets one by one up to this number; beyond it nobody asks. */
    private static final int REMEMBERED = 2000;

    private static final String MY_NUMBER = "REQ-SEC-2";

    private final Set<String> leftOut = new HashSet<>();
    private final Shapes shapes = new Shapes();
    private final Map<String, Carried> parts = new HashMap<>();
    private @Nullable Carried whole;
    private @Nullable String refusal;

    /** Shapes of the file's dense samples: equal ones are one object in all batches. */
    public Shapes shapes() {
        return shapes;
    }

    /** The file holds something that must not be stored (a My Number): its original is not kept. */
    public void refuseOriginal() {
        refuseOriginal(MY_NUMBER);
    }

    /** The file holds something that must not be stored: its original is not kept. The first rule counts. */
    public void refuseOriginal(String rule) {
        refusal = refusal == null ? rule : refusal;
    }

    public boolean originalRefused() {
        return refusal != null;
    }

    /** Why the original is not kept, without a place: the findings have it; null = it is kept. */
    public @Nullable Issue refusal() {
        if (refusal == null) {
            return null;
        }
        String text = refusal.equals(MY_NUMBER)
                ? "the original is not kept: it holds what looks like a My Number; mask it and send the file again"
                : "the original is not kept: the findings say why and where";
        return Issue.error("business-rule", refusal, text);
    }

    /** A proposed resource, {@code Type/id}, did not pass. */
    public void leaveOut(String reference) {
        if (leftOut.size() < REMEMBERED) {
            leftOut.add(reference);
        }
    }

    /** Whether everything proposed so far has passed. */
    public boolean complete() {
        return leftOut.isEmpty();
    }

    public boolean leftOut(String reference) {
        return leftOut.contains(reference);
    }

    /** A resource was mapped from the file; its originals carry its labels and categories (consent-semantics.md §8, raw-file). */
    public void carry(Carried mapped) {
        whole = whole == null ? mapped : whole.and(mapped);
    }

    /** A resource was mapped from this part of the file, {@code DocumentReference/id}. */
    public void carry(String original, Carried mapped) {
        parts.merge(original, mapped, Carried::and);
    }

    /** What was mapped so far from this original; of the whole file when nothing says what came from it. */
    public Carried carried(String original) {
        Carried all = whole == null ? Carried.NOTHING : whole;
        return parts.getOrDefault(original, all);
    }
}
