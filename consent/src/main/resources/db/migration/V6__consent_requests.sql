-- Questions to a person and what she answered (consent-semantics.md §9, §10.1): insert only, hash-chained per person and table.

create table consent_request (
    request_id          uuid        primary key,
    person_id           uuid        not null,
    requester           text        not null, -- organisation
    requested_by        text        not null,
    body                jsonb       not null, -- the directive that is asked for, native form
    words               text,                 -- of the requester
    benefit             text,                 -- what the person is offered in return
    policy_text_id      text        not null, -- the text that is shown with the question
    policy_text_version int         not null,
    policy_text_sha256  bytea       not null,
    language            text        not null,
    recorded_at         timestamptz not null,
    expires_at          timestamptz not null,
    chain_seq           bigint      not null,
    prev_hash           bytea       not null,
    row_hash            bytea       not null,
    unique (person_id, chain_seq),
    check (expires_at > recorded_at),
    foreign key (policy_text_id, policy_text_version, language) references policy_text (id, version, language)
);
create index consent_request_requester on consent_request (requester, recorded_at);

-- One answer at most: the primary key decides between approval and withdrawal at the same moment. No row after expires_at = refused.
create table consent_request_answer (
    request_id        uuid        primary key references consent_request,
    person_id         uuid        not null,
    type              text        not null check (type in ('APPROVED', 'REFUSED', 'WITHDRAWN')),
    actor             text        not null,
    reason            text,
    directive_id      uuid,
    directive_version int,
    recorded_at       timestamptz not null,
    chain_seq         bigint      not null,
    prev_hash         bytea       not null,
    row_hash          bytea       not null,
    unique (person_id, chain_seq),
    check ((type = 'APPROVED') = (directive_id is not null and directive_version is not null)),
    foreign key (directive_id, directive_version) references directive_version (directive_id, version)
);

-- Whom the person does not want to be asked by; the newest row of a party counts.
create table consent_block (
    block_id    uuid        primary key,
    person_id   uuid        not null,
    party       text        not null,
    blocked     boolean     not null,
    actor       text        not null,
    recorded_at timestamptz not null,
    chain_seq   bigint      not null,
    prev_hash   bytea       not null,
    row_hash    bytea       not null,
    unique (person_id, chain_seq)
);

-- What the person did with a permit that came from another provider; pending_id is derived from where it came from.
create table reconsent_answer (
    answer_id    uuid        primary key,
    person_id    uuid        not null,
    pending_id   uuid        not null,
    confirmed    boolean     not null,
    directive_id uuid,
    actor        text        not null,
    recorded_at  timestamptz not null,
    chain_seq    bigint      not null,
    prev_hash    bytea       not null,
    row_hash     bytea       not null,
    unique (person_id, pending_id),
    unique (person_id, chain_seq),
    check (confirmed = (directive_id is not null))
);

do $$
declare
    kept text;
begin
    foreach kept in array array['consent_request', 'consent_request_answer', 'consent_block', 'reconsent_answer'] loop
        execute format('create trigger %I before update or delete on %I for each row execute function phr_insert_only()',
            kept || '_insert_only', kept);
        execute format('create trigger %I before truncate on %I for each statement execute function phr_insert_only()',
            kept || '_no_truncate', kept);
    end loop;
end
$$;
