package phr.gateway.record;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import phr.consent.CalendarUnit;
import phr.consent.Permit;
import phr.consent.StalePermitException;
import phr.fhir.validate.Validated;
import phr.gateway.record.choice.LifelogSource;
import phr.gateway.record.choice.Priority;

/**
 * Where records are kept, per person. Every call demands a permit, applies its grants inside the query, and checks its epoch in
 * the same transaction: data that is not permitted never leaves the store, and counts, pages and order know only the permitted
 * set.
 *
 * <p>What is stored densely (packed series) is answered as FHIR JSON like everything else; callers cannot tell.
 *
 * <p>Each call is a transaction of its own, or part of the caller's when one is active ({@code @Transactional} or
 * {@link #together}).
 *
 * <p>Reading demands a permit to read in some way; one to contribute or correct reads only for the person herself.
 *
 * @throws StalePermitException from every method, when the consent epoch has moved since the permit was made or its time is
 *     over; also from results and streams while they are read
 */
public interface RecordStore {

    /**
     * Stores a batch: all of it or nothing. Idempotent by source identity: the same content is a duplicate, other content a new
     * version. A source identity that is known keeps its id, whatever id the batch proposes.
     *
     * @param permit for {@code CONTRIBUTE}; its grants must cover every resource of the batch
     * @throws phr.fhir.failure.FailureException FORBIDDEN when the permit is for another action or person, or does not cover the
     *     batch; CONFLICT when an id belongs to another person's record or to another source identity
     */
    default Saved save(Permit permit, Validated batch) {
        return save(permit, batch, stored -> {});
    }

    /** As {@link #save(Permit, Validated)}, and tells of each resource but originals what became of it; in no order. */
    default Saved save(Permit permit, Validated batch, Consumer<Stored> each) {
        return save(permit, List.of(batch), each, saved -> saved);
    }

    /**
     * As {@link #save(Permit, Validated, Consumer)} for batches that are stored together or not at all.
     *
     * @param rest what else is written in the same transaction, no other writer of this record meanwhile; an exception takes back
     *     the batches too. Maybe in another thread, and maybe once more when it could not become durable with others
     */
    <T> T save(Permit permit, List<Validated> batches, Consumer<Stored> each, Function<Saved, T> rest);

    /** The current version of one resource; empty when there is none, it is deleted, or it is not permitted. */
    default Optional<Entry> read(Permit permit, String type, UUID id) {
        return latest(permit, type, id).filter(entry -> !entry.deleted());
    }

    /**
     * The last version of one resource, also when it is a deletion; empty when there is none or it is not permitted. A deletion is
     * permitted to whom the version before it was.
     */
    Optional<Entry> latest(Permit permit, String type, UUID id);

    /** One version; decided by what it was itself, not by what the resource became. */
    Optional<Entry> version(Permit permit, String type, UUID id, int version);

    /** The permitted versions, newest first, deletions included. Must be closed. */
    Results history(Permit permit, String type, UUID id);

    /**
     * Streams the permitted resources that match, in the order of the query. Must be closed. Binary is found only when the query
     * names it, and then without its data: the bytes are an {@link #original}.
     */
    Results search(Permit permit, Query query);

    /** How many permitted resources match, wherever a page begins and however long it is. */
    long count(Permit permit, Query query);

    /**
     * What aggregates may be computed over, by the start of its time: the resources that {@link #search} would find, and over
     * whole units those that an aggregate grant for this unit permits when the whole unit, not just the resource, is taken as the
     * time of the data; so a unit counts only if it lies fully in the permitted time (consent-semantics.md §16.2). The
     * obligations of the entries tell which. Nothing of the entries themselves may leave. Must be closed.
     *
     * @param unit null = no aggregate grant permits anything
     * @param query oldest first, and by what resources have in common: none is named
     */
    Portions aggregable(Permit permit, @Nullable CalendarUnit unit, Query query);

    /**
     * Deletes a resource: a version without content follows the last one. Earlier versions and originals are kept, and the source
     * identity stays taken, so the same content sent again stays deleted. Deleting twice changes nothing.
     *
     * @param permit of the person herself
     * @return false when there is no such resource
     * @throws phr.fhir.failure.FailureException FORBIDDEN for anybody else
     */
    boolean delete(Permit permit, String type, UUID id);

    /** The sources that have measured something of which one source is believed at a time, as far as they are permitted. */
    List<Holding> sources(Permit permit);

    /** The order in which the person believes her sources. */
    Priority priority(Permit permit);

    /**
     * Another order.
     *
     * @param version that is replaced
     * @param stated by metric, the first believed first
     * @throws phr.fhir.failure.FailureException STALE when it is no longer that one; FORBIDDEN unless the person herself, or who acts
     *     for her, may correct
     */
    Priority reorder(Permit permit, int version, Map<String, List<LifelogSource>> stated);

    /** The bytes of an original; empty when there is none or its Binary is not permitted. */
    Optional<OriginalFile> original(Permit permit, UUID binary);

    /**
     * Runs the work in one transaction, so that several saves, and whatever else joins the transaction, become visible together
     * or not at all. An exception rolls back. Joins a transaction that is already active.
     */
    <T> T together(Supplier<T> work);
}
