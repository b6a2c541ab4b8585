package phr.gateway.record;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.Permit;
import phr.fhir.PersonId;
import phr.fhir.facts.LabelHit;
import phr.fhir.facts.Labels;
import phr.fhir.label.LabelTables;

/**
 * The labels of what is stored (consent-semantics.md §6.1). Every change of labels bumps the person's consent epoch in its own
 * transaction; an original is raised with what was mapped from it. Readers are never blocked and see old labels or new ones.
 */
public interface LabelStore {

    /** Labels as they now stand, and the rules behind them. */
    record Labelled(Labels labels, List<LabelHit> hits) {}

    /**
     * Adds labels of the person, or of a proxy.
     *
     * @param permit to correct; decides what can be seen
     * @param added unlabelled when they cannot settle what nobody has labelled
     * @return empty when there is no such resource under the permit
     */
    Optional<Labelled> add(Permit permit, String type, UUID id, Labels added);

    /**
     * Takes back labels that people added.
     *
     * @return empty when there is no such resource under the permit
     * @throws phr.fhir.failure.FailureException CONFLICT when a table, the catalogue or the source set one of them
     */
    Optional<Labelled> remove(Permit permit, String type, UUID id, Labels removed);

    /** The persons with a record, in order. */
    List<PersonId> persons(@Nullable PersonId after, int count);

    /** Computes the labels of a whole record anew, in batches of one transaction each; doing it again changes nothing. */
    void relabel(PersonId person, LabelTables tables);
}
