package phr.gateway.people;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import phr.consent.gate.SuspendedParties;
import phr.consent.ledger.ConsentEpochs;

/** What organisations may do in an emergency, where they work, and which of them are suspended. */
@ApplicationScoped
@Transactional
public class Standings implements SuspendedParties {

    private static final String MEDICAL = "medical-institution";

    /**
     * @param emergency its emergency staff may break the glass
     * @param suspended it gets nothing
     */
    public record Standing(boolean medical, boolean emergency, boolean suspended) {}

    private final OrganisationTable organisations;
    private final PairwiseTable pairwise;
    private final ConsentEpochs epochs;

    Standings(OrganisationTable organisations, PairwiseTable pairwise, ConsentEpochs epochs) {
        this.organisations = organisations;
        this.pairwise = pairwise;
        this.epochs = epochs;
    }

    /** @param organisation id without {@code Organization/} */
    public Optional<Standing> of(String organisation) {
        return organisations
                .findByIdOptional(organisation)
                .map(row -> new Standing(medical(row), row.emergency, row.suspended));
    }

    /** Medical institutions that work in one of the areas; ids without {@code Organization/}. */
    public List<String> medicalIn(Set<String> areas) {
        return organisations.list("suspended = false order by id").stream()
                .filter(row -> medical(row) && !Collections.disjoint(Set.of(row.areas), areas))
                .map(row -> row.id)
                .toList();
    }

    /** From the next request on it gets nothing; the registry entry tells. */
    public void suspend(String organisation) {
        OrganisationRow row = organisations.findById(organisation);
        if (row != null && !row.suspended) {
            row.suspended = true;
            pairwise.bumpEpochs(organisation);
            epochs.bumpEverybody();
        }
    }

    @Override
    public Set<String> all() {
        return organisations.list("suspended = true").stream()
                .map(row -> "Organization/" + row.id)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean medical(OrganisationRow row) {
        return Set.of(row.classes).contains(MEDICAL);
    }
}
