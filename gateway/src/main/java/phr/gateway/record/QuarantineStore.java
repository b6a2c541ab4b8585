package phr.gateway.record;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;

/**
 * What full validation reads of a record, and the label of what it has found wrong: the gateway's own work on what it keeps, which
 * no permit concerns and which hands nothing out.
 */
public interface QuarantineStore {

    /**
     * A resource as stored, or a series of packed samples by one that stands for all.
     *
     * @param version that is current; 1 for a series
     * @param series null = a document
     */
    record Subject(
            String type, UUID id, int version, @Nullable Integer series, byte[] json) {}

    /** The current versions of those that are there and not deleted. */
    List<Subject> current(PersonId person, String type, Collection<UUID> ids);

    /**
     * A series.
     *
     * @param sample id of one of its samples, to be known by
     */
    Optional<Subject> series(PersonId person, int number, UUID sample);

    /**
     * Puts the label {@link phr.fhir.facts.Labels#QUARANTINED} on, or takes it off; bumps the person's consent epoch when anything
     * has changed. What has another version by now is left alone. Joins the transaction of the caller.
     *
     * @return ids of those that stand as wanted
     */
    Set<UUID> label(PersonId person, Collection<Subject> subjects, boolean quarantined);
}
