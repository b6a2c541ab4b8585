-- Emergency sessions and disaster mode (consent-semantics.md §13). Insert only: what became of them is a fold of their events.

alter table organisation
    add column emergency boolean not null default false, -- its emergency staff may break the glass
    add column suspended boolean not null default false, -- gets nothing
    add column areas     text[]  not null default '{}';  -- municipality codes of its places of work

create table emergency_session (
    id              uuid        primary key,
    person_id       uuid        not null references person,
    patient         uuid        not null, -- pairwise id by which it was opened
    user_id         text        not null,
    user_name       text,
    organisation    text        not null references organisation,
    reason          text        not null check (reason in ('UNCONSCIOUS', 'LIFE_THREAT', 'CONSENT_IMPOSSIBLE')),
    identity_method text        not null,
    statement       bytea       not null, -- free text, encrypted with the person's data key
    opened_at       timestamptz not null
);
create index emergency_session_person on emergency_session (person_id, opened_at);

create table emergency_event (
    session_id uuid        not null references emergency_session,
    seq        int         not null check (seq > 0),
    type       text        not null check (type in ('FULL', 'RENEWED', 'CLOSED', 'REVIEWED')),
    at         timestamptz not null,
    actor      text        not null,
    reason     text,  -- of a renewal, outcome of a review
    statement  bytea, -- free text, encrypted with the person's data key
    primary key (session_id, seq)
);

create table disaster_mode (
    id          uuid        primary key,
    areas       text[]      not null check (cardinality(areas) > 0),
    starts      timestamptz not null,
    ends        timestamptz not null,
    switched_by text        not null,
    recorded_at timestamptz not null,
    check (starts < ends)
);

create table disaster_event (
    mode_id uuid        not null references disaster_mode,
    type    text        not null check (type in ('APPROVED', 'ENDED')),
    at      timestamptz not null,
    actor   text        not null,
    primary key (mode_id, type)
);

create index audit_entry_disaster on audit_entry (at) where purposes @> array['DISASTER'];

do $$
declare
    name text;
begin
    foreach name in array array['emergency_session', 'emergency_event', 'disaster_mode', 'disaster_event'] loop
        execute format('create trigger %I before update or delete on %I for each row execute function phr_insert_only()',
            name || '_insert_only', name);
        execute format('create trigger %I before truncate on %I for each statement execute function phr_insert_only()',
            name || '_no_truncate', name);
    end loop;
end
$$;
