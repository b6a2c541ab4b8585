package phr.gateway.record;

import java.util.Optional;
import java.util.UUID;
import phr.consent.Permit;
import phr.consent.StalePermitException;
import phr.fhir.validate.Validated;

/**
 * Where records are kept, per person. Every call demands a permit, applies its grants inside the query, and checks its epoch in
 * the same transaction: data that is not permitted never leaves the store, and counts, pages and order know only the permitted
 * set.
 *
 * <p>What is stored densely (packed series) is answered as FHIR JSON like everything else; callers cannot tell.
 *
 * @throws StalePermitException from every method, when the consent epoch has moved since the permit was made
 */
public interface RecordStore {

    /**
     * Stores a batch in one transaction: all of it or nothing. Idempotent by source identity: the same content is a duplicate,
     * other content a new version.
     *
     * @param permit for {@code CONTRIBUTE}
     */
    Saved save(Permit permit, Validated batch);

    /** The current version of one resource; empty when there is none, it is deleted, or it is not permitted. */
    Optional<Entry> read(Permit permit, String type, UUID id);

    /** Streams the permitted resources that match, in the order of the query. Must be closed. */
    Results search(Permit permit, Query query);

    /** The bytes of an original; empty when there is none or its Binary is not permitted. */
    Optional<OriginalFile> original(Permit permit, UUID binary);
}
