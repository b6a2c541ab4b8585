package phr.gateway.ingest.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.caller.Caller;
import phr.gateway.database.DatabaseFailure;
import phr.gateway.people.Owner;
import phr.gateway.record.PersonKeys;

/** Table {@code ingest_job}. Each change is one statement that asks whether the job is still as whoever changes it believes. */
@Singleton
public class JobRows {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Whoever was erased has no key: what is not deleted yet does not exist. */
    private static final String READABLE =
            "select j.* from ingest_job j join person_key k on k.person_id = j.person_id";

    private static final String WAITS = "(%1$s.state in ('NEW', 'IN_PROGRESS') or %1$s.purge is not null)";

    private static final String OPEN = "state in ('UPLOADING', 'NEW', 'IN_PROGRESS')";

    private final DataSource database;
    private final PersonKeys keys;

    JobRows(DataSource database, PersonKeys keys) {
        this.database = database;
        this.keys = keys;
    }

    /**
     * An upload to which nothing has come yet. It takes the first free place of its sender; two never take the same.
     *
     * @param places that one sender has for one person
     * @return false when none is free
     */
    boolean insert(
            UUID id, PersonId person, Owner owner, Origin origin, long size, Instant now, Instant expires, int places) {
        byte[] sealed = sealed(person, id, "origin", origin);
        String actor = owner.actor() == null ? null : owner.actor().toString();
        for (int attempt = 0; attempt <= places; attempt++) {
            boolean placed = writing(
                            "insert into ingest_job (id, person_id, client, organisation, actor, state, size, created_at,"
                                    + " expires, origin, place) select ?, ?, ?, ?, ?::uuid, 'UPLOADING', ?, ?, ?, ?, p"
                                    + " from generate_series(1, ?) p where not exists (select 1 from ingest_job j"
                                    + " where j.person_id = ? and j.client = ? and j.organisation is not distinct from ?"
                                    + " and j.actor is not distinct from ?::uuid and j.place = p and j." + OPEN
                                    + ") order by p limit 1 on conflict do nothing",
                            id,
                            person.value(),
                            owner.client(),
                            owner.organisation(),
                            actor,
                            size,
                            utc(now),
                            utc(expires),
                            sealed,
                            places,
                            person.value(),
                            owner.client(),
                            owner.organisation(),
                            actor)
                    == 1;
            if (placed) {
                return true;
            }
        }
        return false;
    }

    public Optional<Job> find(UUID id) {
        return reading(READABLE + " where j.id = ?", this::job, id);
    }

    /** Whose the job is, also when she was erased meanwhile. */
    Optional<PersonId> person(UUID id) {
        return reading(
                "select person_id from ingest_job where id = ?", row -> new PersonId(row.getObject(1, UUID.class)), id);
    }

    /** For a request that brings bytes. */
    boolean hold(UUID id, UUID token, Instant now, Instant until) {
        return writing(
                        "update ingest_job set taken = ?, lease_until = ? where id = ? and state = 'UPLOADING'"
                                + " and (taken is null or lease_until <= ?)",
                        token,
                        utc(until),
                        id,
                        utc(now))
                == 1;
    }

    /** Of those who wait and have nobody of the same person before them, the first; it is of whoever took it until then. */
    public Optional<Job> take(UUID token, Instant now, Instant until) {
        return reading(
                        "update ingest_job set taken = ?, lease_until = ?, takes = takes + 1,"
                                + " started_at = coalesce(started_at, ?),"
                                + " state = case when state = 'NEW' then 'IN_PROGRESS' else state end"
                                + " where id = (select j.id from ingest_job j where " + WAITS.formatted("j")
                                + " and (j.lease_until is null or j.lease_until <= ?)"
                                + " and exists (select 1 from person_key k where k.person_id = j.person_id)"
                                + " and not exists (select 1 from ingest_job e where e.person_id = j.person_id and "
                                + WAITS.formatted("e") + " and (e.queued_at, e.id) < (j.queued_at, j.id))"
                                + " order by j.queued_at, j.id limit 1 for update of j skip locked) returning id",
                        row -> row.getObject(1, UUID.class),
                        token,
                        utc(until),
                        utc(now),
                        utc(now))
                .flatMap(this::find);
    }

    /** @return false when it is somebody else's by now */
    public boolean beat(UUID id, UUID token, Instant until) {
        return writing("update ingest_job set lease_until = ? where id = ? and taken = ?", utc(until), id, token) == 1;
    }

    /** It may be taken from then on. */
    public void release(UUID id, UUID token, @Nullable Instant from) {
        writing("update ingest_job set taken = null, lease_until = ? where id = ? and taken = ?", utc(from), id, token);
    }

    /** It begins anew: what is stored meets itself as known. */
    public void again(Job job, UUID token) {
        writing(
                "update ingest_job set batches = 0, progress = null, taken = null, lease_until = null where id = ?"
                        + " and taken = ?",
                job.id(),
                token);
    }

    /**
     * A batch is stored, in the transaction of the caller.
     *
     * @return whether somebody wants the job to stop; empty when it is somebody else's by now
     */
    public Optional<Boolean> checkpoint(Job job, UUID token, int batches, long done, Progress progress) {
        return reading(
                "update ingest_job set batches = ?, done = ?, progress = ?, takes = 0 where id = ? and taken = ?"
                        + " returning cancel",
                row -> row.getBoolean(1),
                batches,
                done,
                sealed(job.person(), job.id(), "progress", progress),
                job.id(),
                token);
    }

    /** Nothing more is stored; the bytes are not needed any more. */
    public void end(Job job, UUID token, Ending ending, Instant now, Instant expires) {
        writing(
                "with ended as (update ingest_job set state = ?, ending = ?, ended_at = ?, expires = ?, lease_until = null,"
                        + " taken = null, takes = 0, done = case when ? then size else done end"
                        + " where id = ? and taken = ? returning id)"
                        + " delete from ingest_piece p using ended e where p.job = e.id",
                ending.state().name(),
                sealed(job.person(), job.id(), "ending", ending),
                utc(now),
                utc(expires),
                ending.state() == Job.State.COMPLETE,
                job.id(),
                token);
    }

    /** Whoever reads it hears of it with the next batch; what nobody reads yet ends now. */
    void cancel(Job job, Instant now, Instant expires) {
        writing("update ingest_job set cancel = true where id = ? and state in ('NEW', 'IN_PROGRESS')", job.id());
        writing(
                "with ended as (update ingest_job set state = 'CANCELED', ending = ?, ended_at = ?, expires = ?"
                        + " where id = ? and state = 'NEW' returning id)"
                        + " delete from ingest_piece p using ended e where p.job = e.id",
                sealed(job.person(), job.id(), "ending", Ending.canceled()),
                utc(now),
                utc(expires),
                job.id());
    }

    /** Cancelled, and what it has created is to be deleted on behalf of the caller. */
    void purge(Job job, Caller caller) {
        writing(
                "update ingest_job set cancel = true, purge = ? where id = ? and state <> 'UPLOADING'",
                sealed(job.person(), job.id(), "purge", caller),
                job.id());
    }

    /** What it has created is deleted. */
    public void purged(Job job, UUID token, Progress progress) {
        writing(
                "update ingest_job set purge = null, state = 'CANCELED', progress = ?, taken = null, lease_until = null,"
                        + " takes = 0 where id = ? and taken = ?",
                sealed(job.person(), job.id(), "progress", progress),
                job.id(),
                token);
    }

    /** An upload that is not finished, with its bytes. */
    boolean discard(UUID id) {
        return writing("delete from ingest_job where id = ? and state = 'UPLOADING'", id) == 1;
    }

    /** What nobody waits for any more. */
    void removeOverdue(Instant now) {
        writing(
                "delete from ingest_job where expires <= ? and state not in ('NEW', 'IN_PROGRESS') and purge is null",
                utc(now));
    }

    private Job job(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        PersonId person = new PersonId(row.getObject("person_id", UUID.class));
        UUID actor = row.getObject("actor", UUID.class);
        Progress progress = opened(person, id, "progress", row, Progress.class);
        return new Job(
                id,
                person,
                new Owner(
                        row.getString("client"),
                        row.getString("organisation"),
                        actor == null ? null : new PersonId(actor)),
                Job.State.valueOf(row.getString("state")),
                row.getLong("size"),
                row.getLong("arrived"),
                row.getLong("done"),
                row.getInt("batches"),
                new Job.Times(
                        Objects.requireNonNull(instant(row, "created_at")),
                        instant(row, "queued_at"),
                        instant(row, "started_at"),
                        instant(row, "ended_at"),
                        Objects.requireNonNull(instant(row, "expires"))),
                row.getBoolean("cancel"),
                row.getInt("takes"),
                Objects.requireNonNull(opened(person, id, "origin", row, Origin.class)),
                progress == null ? Progress.NONE : progress,
                opened(person, id, "ending", row, Ending.class),
                opened(person, id, "purge", row, Caller.class));
    }

    private <T> @Nullable T opened(PersonId person, UUID id, String column, ResultSet row, Class<T> type)
            throws SQLException {
        byte[] box = row.getBytes(column);
        if (box == null) {
            return null;
        }
        try {
            return JSON.readValue(keys.open(person, context(id, column), box), type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is kept of a job has another shape: " + column);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] sealed(PersonId person, UUID id, String column, Object value) {
        try {
            return keys.seal(person, context(id, column), JSON.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record is JSON", e);
        }
    }

    /** Says what the bytes are, so that they cannot be swapped for others. */
    static String context(UUID job, String part) {
        return "job|" + job + "|" + part;
    }

    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> Optional<T> reading(String sql, Reading<T> reading, @Nullable Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = prepared(connection, sql, values);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(reading.of(row)) : Optional.empty();
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    private int writing(String sql, @Nullable Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = prepared(connection, sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
