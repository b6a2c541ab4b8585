package phr.gateway.record.postgres;

import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;
import phr.gateway.record.postgres.LabelRows.Stored;
import phr.gateway.record.postgres.StoredLabels.Relabelled;

/** Gives stored documents new labels and raises the originals from which they were mapped. Made for one transaction. */
final class Relabelling {

    private static final String ORIGINAL = "DocumentReference/";

    private final LabelRows rows;
    private final StoredLabels labels;
    private final Map<Long, Relabelled> changed = new HashMap<>();

    Relabelling(LabelRows rows, StoredLabels labels) {
        this.rows = rows;
        this.labels = labels;
    }

    Relabelled apply(Stored stored, LabelOrigin origin) throws SQLException {
        return write(stored, labels.of(stored.envelope(), origin));
    }

    /** By the tables alone. */
    Relabelled again(Stored stored) throws SQLException {
        return write(stored, labels.of(stored.envelope(), stored.envelope().origin()));
    }

    private Relabelled write(Stored stored, Relabelled relabelled) throws SQLException {
        if (rows.write(stored, relabelled)) {
            changed.put(stored.ref(), relabelled);
        }
        return relabelled;
    }

    /**
     * Lets originals follow what was mapped from them; labels of an original are never lowered.
     *
     * @return whether any document has changed
     */
    boolean finish() throws SQLException {
        if (changed.isEmpty()) {
            return false;
        }
        Map<Long, Relabelled> mapped = Map.copyOf(changed);
        for (Stored provenance : rows.provenances(mapped.keySet())) {
            List<Relabelled> targets = provenance.envelope().links().stream()
                    .filter(link -> !link.startsWith(ORIGINAL))
                    .map(rows::ref)
                    .filter(mapped::containsKey)
                    .map(mapped::get)
                    .toList();
            if (!targets.isEmpty()) {
                raise(provenance, targets);
            }
        }
        return true;
    }

    private void raise(Stored provenance, List<Relabelled> targets) throws SQLException {
        // The file is what it was, whatever validation says of what was made of it.
        Labels union = targets.stream()
                .map(target -> target.labels().inQuarantine(false))
                .reduce(Labels::raisedBy)
                .orElseThrow();
        Set<PhrCategory> categories = EnumSet.noneOf(PhrCategory.class);
        targets.forEach(
                target -> target.envelope().categories().forEach(code -> categories.add(PhrCategory.parse(code))));
        for (String link : provenance.envelope().links()) {
            Optional<Stored> original = link.startsWith(ORIGINAL) ? rows.current(rows.ref(link)) : Optional.empty();
            if (original.isPresent()) {
                Relabelled raised = carry(original.get(), union, categories);
                Optional<Stored> file =
                        raised.file() == null ? Optional.empty() : rows.current(rows.ref(raised.file()));
                if (file.isPresent()) {
                    carry(file.get(), union, categories);
                }
            }
        }
    }

    private Relabelled carry(Stored original, Labels union, Set<PhrCategory> categories) throws SQLException {
        return apply(original, labels.origin(original.envelope()).carrying(union, categories));
    }
}
