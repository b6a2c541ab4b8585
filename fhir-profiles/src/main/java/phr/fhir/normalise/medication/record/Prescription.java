package phr.fhir.normalise.medication.record;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one prescriber prescribed in a dispensing (S-4, S-13). */
public final class Prescription {

    private final @Nullable NotebookRecord institution;
    private final @Nullable NotebookRecord doctor;
    private final Map<Integer, RpGroup> groups = new TreeMap<>();

    Prescription(@Nullable NotebookRecord institution, @Nullable NotebookRecord doctor) {
        this.institution = institution;
        this.doctor = doctor;
    }

    /** Record 51. */
    public @Nullable NotebookRecord institution() {
        return institution;
    }

    /** Record 55. */
    public @Nullable NotebookRecord doctor() {
        return doctor;
    }

    /** In the order of their numbers. */
    public Collection<RpGroup> groups() {
        return groups.values();
    }

    RpGroup group(int rp) {
        return groups.computeIfAbsent(rp, RpGroup::new);
    }

    boolean isEmpty() {
        return groups.isEmpty();
    }
}
