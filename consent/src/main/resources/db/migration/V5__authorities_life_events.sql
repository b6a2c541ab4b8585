-- Who acts for a person, what happened in her life, and the evidence of both (consent-semantics.md §9, §10.2, §11). Every table is
-- insert only; rows with chain columns are hash-chained per person and table.

create table evidence (
    id          uuid        primary key,
    person_id   uuid        not null,
    kind        text        not null,
    media_type  text        not null,
    sha256      bytea       not null check (octet_length(sha256) = 32),
    storage_ref text,
    signature   text,
    cosignature text,
    recorded_by text        not null,
    recorded_at timestamptz not null,
    chain_seq   bigint      not null,
    prev_hash   bytea       not null,
    row_hash    bytea       not null,
    unique (person_id, chain_seq)
);

create table authority (
    id            uuid        primary key,
    person_id     uuid        not null,
    kind          text        not null,
    activation    text        not null,
    scope         jsonb       not null,
    valid_from    timestamptz,
    valid_to      timestamptz,
    registered_by text        not null,
    recorded_at   timestamptz not null,
    chain_seq     bigint      not null,
    prev_hash     bytea       not null,
    row_hash      bytea       not null,
    unique (person_id, chain_seq)
);

create table authority_event (
    authority_id            uuid        not null references authority,
    seq                     int         not null check (seq > 0),
    person_id               uuid        not null,
    type                    text        not null,
    actor                   text        not null,
    reason                  text,
    -- the holder, from the event on that made her one
    holder_id               uuid,
    evidence_id             uuid        references evidence,
    review_due              timestamptz,
    supervisor_appointed_at timestamptz,
    court_ref               text,
    recorded_at             timestamptz not null,
    chain_seq               bigint      not null,
    prev_hash               bytea       not null,
    row_hash                bytea       not null,
    primary key (authority_id, seq),
    unique (person_id, chain_seq)
);
create index authority_event_holder on authority_event (holder_id) where holder_id is not null;

create table life_event (
    id           uuid        primary key,
    person_id    uuid        not null,
    type         text        not null,
    effective_at timestamptz not null,
    reported_by  text        not null,
    -- of a CUSTODY_CHANGE: whose custody ends
    authority_id uuid        references authority,
    evidence_id  uuid        references evidence,
    recorded_at  timestamptz not null,
    chain_seq    bigint      not null,
    prev_hash    bytea       not null,
    row_hash     bytea       not null,
    unique (person_id, chain_seq)
);

create table life_event_act (
    life_event_id uuid        not null references life_event,
    seq           int         not null check (seq > 0),
    person_id     uuid        not null,
    type          text        not null check (type in ('VERIFIED', 'WITHDRAWN')),
    actor         text        not null,
    reason        text,
    evidence_id   uuid        references evidence,
    recorded_at   timestamptz not null,
    chain_seq     bigint      not null,
    prev_hash     bytea       not null,
    row_hash      bytea       not null,
    primary key (life_event_id, seq),
    unique (person_id, chain_seq)
);

-- One-time codes, only as hashes. A used code has a row of its own, so that of two uses at once one fails.
create table invitation (
    code_sha256  bytea       primary key check (octet_length(code_sha256) = 32),
    kind         text        not null check (kind in ('ACCEPT', 'CLAIM')),
    person_id    uuid        not null,
    authority_id uuid        references authority,
    expires_at   timestamptz not null,
    recorded_by  text        not null,
    recorded_at  timestamptz not null
);

create table invitation_use (
    code_sha256 bytea       primary key references invitation,
    used_by     uuid        not null,
    recorded_at timestamptz not null
);

-- What a person is told on her own pages. No decision depends on it.
create table person_notice (
    id          uuid        primary key,
    reader_id   uuid        not null,
    person_id   uuid        not null,
    kind        text        not null,
    -- directive, authority or life event it is about
    about       uuid,
    due_at      timestamptz,
    recorded_at timestamptz not null,
    unique nulls not distinct (reader_id, person_id, kind, about, due_at)
);
create index person_notice_reader on person_notice (reader_id, recorded_at);

do $$
declare
    name text;
begin
    foreach name in array array['evidence', 'authority', 'authority_event', 'life_event', 'life_event_act',
                                'invitation', 'invitation_use', 'person_notice'] loop
        execute format('create trigger %I before update or delete on %I for each row execute function phr_insert_only()',
                       name || '_insert_only', name);
        execute format('create trigger %I before truncate on %I for each statement execute function phr_insert_only()',
                       name || '_no_truncate', name);
    end loop;
end
$$;
