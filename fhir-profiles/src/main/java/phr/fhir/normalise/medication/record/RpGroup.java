package phr.fhir.normalise.medication.record;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Medicines that are taken in one way: the records of one RP number. */
public final class RpGroup {

    private final int number;
    private final List<NotebookRecord> drugs = new ArrayList<>();
    private final List<NotebookRecord> usages = new ArrayList<>();
    private final List<NotebookRecord> notes = new ArrayList<>();

    RpGroup(int number) {
        this.number = number;
    }

    /** RP number, 1 to 999. */
    public int number() {
        return number;
    }

    /** Records 201. */
    public List<NotebookRecord> drugs() {
        return drugs;
    }

    /** Record 301; null when there is none. */
    public @Nullable NotebookRecord usage() {
        return usages.isEmpty() ? null : usages.get(0);
    }

    /** Records 281, 291, 311 and 391. */
    public List<NotebookRecord> notes() {
        return notes;
    }

    /** @return false when there is a usage already */
    boolean usage(NotebookRecord usage) {
        usages.add(usage);
        return usages.size() == 1;
    }
}
