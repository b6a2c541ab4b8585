-- Large files: their bytes while they arrive, and the jobs that read them.

-- An upload becomes a job when its last byte has arrived; it keeps its number.
create table ingest_job (
    id           uuid        primary key,
    person_id    uuid        not null, -- whose record
    organisation text        references organisation, -- who sends, or
    actor        uuid,                                -- the person who does
    client       text        not null,
    state        text        not null
        check (state in ('UPLOADING', 'NEW', 'IN_PROGRESS', 'COMPLETE', 'ERROR', 'CANCELED')),
    size         bigint      not null,
    arrived      bigint      not null default 0, -- bytes that are durable
    done         bigint      not null default 0, -- bytes that have been read
    batches      int         not null default 0, -- that have been stored
    created_at   timestamptz not null,
    queued_at    timestamptz, -- the last byte has arrived
    started_at   timestamptz,
    ended_at     timestamptz,
    expires      timestamptz not null, -- for an upload, unless it goes on; for a job, once it has ended
    cancel       boolean     not null default false,
    taken        uuid,        -- by one run of the job, or one request that brings bytes
    lease_until  timestamptz, -- until then nobody else takes it
    takes        int         not null default 0, -- since the last batch
    origin       bytea       not null, -- who sends, as what; encrypted with the person's key, like all that follow
    progress     bytea,       -- what has been stored
    ending       bytea,       -- what became of the file
    purge        bytea,       -- who wants what it has created deleted
    check (num_nonnulls(organisation, actor) = 1)
);
-- What waits for a worker, in order.
create index ingest_job_waiting on ingest_job (queued_at, id) where state in ('NEW', 'IN_PROGRESS') or purge is not null;
create index ingest_job_person on ingest_job (person_id, queued_at);
create index ingest_job_actor on ingest_job (actor) where actor is not null;
create index ingest_job_expires on ingest_job (expires);

-- One mebibyte each; the last one grows.
create table ingest_piece (
    job       uuid  not null references ingest_job on delete cascade,
    ordinal   int   not null,
    person_id uuid  not null,
    body      bytea not null,
    primary key (job, ordinal)
);
alter table ingest_piece alter column body set storage external;
create index ingest_piece_person on ingest_piece (person_id);

-- What each batch of a job has created, so that it can be taken back.
create table ingest_created (
    job       uuid  not null references ingest_job on delete cascade,
    batch     int   not null,
    person_id uuid  not null,
    body      bytea not null,
    primary key (job, batch)
);
alter table ingest_created alter column body set storage external;
create index ingest_created_person on ingest_created (person_id);

-- Answers that are given again when the same request comes again (Idempotency-Key).
create table ingest_answer (
    person_id uuid        not null,
    request   uuid        not null, -- sender and key, blinded
    body      uuid        not null, -- what was sent, blinded
    expires   timestamptz not null,
    answer    bytea       not null, -- encrypted with the person's key
    primary key (person_id, request)
);
create index ingest_answer_expires on ingest_answer (expires);
